package dev.tempera.forecast;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvOps;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Images of the size that the parameters say, and what the kernels take besides. */
interface NullConv extends ConvOps, NullMatmul, NullElementwise, NullResample {
  @Override
  default Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    Shape shape = params.outputShape(x.shape(), weight.shape());
    View result = make("conv2d", x.dtype(), shape, ledger().model().imageOrder());
    Mask mask = epilogue.relu() && epilogue.keepMask() ? mask("conv2d", result) : null;
    ledger().run("conv2d", ledger().model().conv2d(x, weight, params, epilogue));
    return new Activated(result, mask);
  }

  @Override
  default View conv2dGradInput(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    String op = "conv2dGradInput";
    View result = make(op, gradient.dtype(), inputShape, ledger().model().imageOrder());
    ledger().run(op, ledger().model().conv2dGradInput(gradient, mask, weight, params, inputShape));
    return result;
  }

  @Override
  default void addConv2dGradInput(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    ledger()
        .run(
            "conv2dGradInput",
            ledger().model().addConv2dGradInput(sum, gradient, mask, weight, params));
  }

  @Override
  default View convTranspose2d(
      View x, View weight, @Nullable View bias, Conv2dParams params, Shape outputShape) {
    String op = "convTranspose2d";
    View result = make(op, x.dtype(), outputShape, ledger().model().imageOrder());
    ledger().run(op, ledger().model().conv2dGradInput(x, null, weight, params, outputShape));
    return result;
  }

  @Override
  default View conv2dGradWeight(View x, View gradient, Conv2dParams params, Shape weightShape) {
    String op = "conv2dGradWeight";
    View result = make(op, x.dtype(), weightShape, MemoryOrder.ROW_MAJOR);
    ledger().run(op, ledger().model().conv2dGradWeight(x, gradient, params, weightShape));
    return result;
  }
}
