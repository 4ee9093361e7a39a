package dev.tempera.forecast;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Images of the size that the parameters say, and positions of one byte or four. */
interface NullPool extends PoolOps, NullMemory {
  /** Windows with more places than this need more than a byte to tell them apart. */
  int PLACES_OF_A_BYTE = 256;

  @Override
  default Pooled maxPool2d(View x, Pool2dParams params) {
    Shape shape = params.outputShape("maxPool2d", x.shape());
    DType positions = isWide(params) ? DType.INT32 : DType.UINT8;
    MemoryOrder order = order(params);
    return new Pooled(
        make("maxPool2d", x.dtype(), shape, order),
        make("maxPool2d, position", positions, shape, order));
  }

  @Override
  default View maxPool2dGrad(View gradient, View position, Pool2dParams params, Shape inputShape) {
    return make("maxPool2dGrad", gradient.dtype(), inputShape, order(params));
  }

  @Override
  default View maxPool2dPick(View x, View position, Pool2dParams params) {
    return make("maxPool2dPick", x.dtype(), position.shape(), order(params));
  }

  @Override
  default View avgPool2d(View x, Pool2dParams params) {
    return average("avgPool2d", x.dtype(), params.outputShape("avgPool2d", x.shape()));
  }

  @Override
  default View avgPool2dGrad(View gradient, Pool2dParams params, Shape inputShape) {
    return average("avgPool2dGrad", gradient.dtype(), inputShape);
  }

  private View average(String op, DType dtype, Shape shape) {
    return make(op, dtype, shape, ledger().model().imageOrder());
  }

  private static boolean isWide(Pool2dParams params) {
    return params.kernelY() * params.kernelX() > PLACES_OF_A_BYTE;
  }

  /** Wide windows are left to the plain loops, whose images are row-major. */
  private MemoryOrder order(Pool2dParams params) {
    return isWide(params) ? MemoryOrder.ROW_MAJOR : ledger().model().imageOrder();
  }
}
