package dev.tempera.reference;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Pooling window by window. */
interface ReferencePool extends PoolOps, ReferenceMemory {
  /** What to do at each pixel of a window that lies inside the image. */
  @FunctionalInterface
  interface WindowVisitor {
    void at(int row, int column, int position);
  }

  private static void window(int[] at, Pool2dParams params, Shape input, WindowVisitor visitor) {
    for (int u = 0; u < params.kernelY(); u++) {
      int row = at[2] * params.strideY() - params.paddingY() + u;
      for (int v = 0; v < params.kernelX(); v++) {
        int column = at[3] * params.strideX() - params.paddingX() + v;
        if (row >= 0 && row < input.dim(2) && column >= 0 && column < input.dim(3)) {
          visitor.at(row, column, u * params.kernelX() + v);
        }
      }
    }
  }

  @Override
  default Pooled maxPool2d(View x, Pool2dParams params) {
    Shape shape = params.outputShape("maxPool2d", x.shape());
    DType positions = params.kernelY() * params.kernelX() <= 256 ? DType.UINT8 : DType.INT32;
    View value = allocate(x.dtype(), shape, MemoryOrder.ROW_MAJOR);
    View position = allocate(positions, shape, MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements out = new Elements(value);
    Elements where = new Elements(position);
    Coordinates.forEach(
        shape,
        at -> {
          double[] best = {Double.NEGATIVE_INFINITY, -1};
          window(
              at,
              params,
              x.shape(),
              (row, column, place) -> {
                double candidate = in.get(at[0], at[1], row, column);
                boolean firstNaN = Double.isNaN(candidate) && !Double.isNaN(best[0]);
                if (best[1] < 0 || candidate > best[0] || firstNaN) {
                  best[0] = candidate;
                  best[1] = place;
                }
              });
          out.set(best[0], at);
          where.set(best[1], at);
        });
    return new Pooled(value, position);
  }

  @Override
  default View maxPool2dGrad(View gradient, View position, Pool2dParams params, Shape inputShape) {
    View result = filled(gradient.dtype(), inputShape, 0);
    Elements in = new Elements(gradient);
    Elements where = new Elements(position);
    Elements out = new Elements(result);
    Coordinates.forEach(
        gradient.shape(),
        at -> {
          int[] source = source(at, (int) where.get(at), params);
          out.set(out.get(source) + in.get(at), source);
        });
    return result;
  }

  @Override
  default View maxPool2dPick(View x, View position, Pool2dParams params) {
    View result = allocate(x.dtype(), position.shape(), MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements where = new Elements(position);
    Elements out = new Elements(result);
    Coordinates.forEach(
        position.shape(), at -> out.set(in.get(source(at, (int) where.get(at), params)), at));
    return result;
  }

  private static int[] source(int[] at, int place, Pool2dParams params) {
    return new int[] {
      at[0],
      at[1],
      at[2] * params.strideY() - params.paddingY() + place / params.kernelX(),
      at[3] * params.strideX() - params.paddingX() + place % params.kernelX()
    };
  }

  @Override
  default View avgPool2d(View x, Pool2dParams params) {
    Shape shape = params.outputShape("avgPool2d", x.shape());
    View result = allocate(x.dtype(), shape, MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements out = new Elements(result);
    Coordinates.forEach(
        shape,
        at -> {
          double[] sum = {0};
          window(
              at,
              params,
              x.shape(),
              (row, column, place) -> sum[0] += in.get(at[0], at[1], row, column));
          out.set(sum[0] / params.divisor(at[2], at[3], x.shape()), at);
        });
    return result;
  }

  @Override
  default View avgPool2dGrad(View gradient, Pool2dParams params, Shape inputShape) {
    View result = filled(gradient.dtype(), inputShape, 0);
    Elements in = new Elements(gradient);
    Elements out = new Elements(result);
    Coordinates.forEach(
        gradient.shape(),
        at -> {
          double share = in.get(at) / params.divisor(at[2], at[3], inputShape);
          window(
              at,
              params,
              inputShape,
              (row, column, place) -> {
                double sum = out.get(at[0], at[1], row, column) + share;
                out.set(sum, at[0], at[1], row, column);
              });
        });
    return result;
  }
}
