package dev.tempera.bench.nd4j;

import dev.tempera.bench.work.Convolution;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * The operations of a convolution or of a gradient of it. The gradient with respect to the image is
 * a transposed convolution, ND4J's fastest way to it; the one with respect to the weight comes from
 * {@code conv2d_bp}, which computes the other too and has no way to leave it out.
 */
final class ConvolutionOps {
  private static final int NHWC = 1;
  private static final int EXPLICIT_PADDING = 0;
  private static final int DILATION = 1;
  private static final int KERNEL_INPUTS_OUTPUTS = 0;

  private ConvolutionOps() {}

  /** What computes the convolution's direction. */
  static OpsAttempt attempt(Convolution convolution, Arrays arrays) {
    return switch (convolution.direction()) {
      case FORWARD -> forward(convolution, arrays);
      case INPUT_GRADIENT -> inputGradient(convolution, arrays);
      case WEIGHT_GRADIENT -> weightGradient(convolution, arrays);
    };
  }

  private static OpsAttempt forward(Convolution convolution, Arrays arrays) {
    long side = convolution.outputSide();
    INDArray result = arrays.computed('c', 1, side, side, convolution.outputChannels());
    CustomOp convolved =
        operation("conv2d")
            .addInputs(arrays.operand("image"), arrays.operand("weight"), arrays.operand("bias"))
            .addOutputs(result)
            .addIntegerArguments(geometry(convolution))
            .build();
    CustomOp rectified =
        operation("relu")
            .addInputs(result)
            .addOutputs(result)
            .addFloatingPointArguments(0.0)
            .build();
    return new OpsAttempt(arrays, List.of(convolved, rectified), () -> Arrays.stored(result));
  }

  private static OpsAttempt inputGradient(Convolution convolution, Arrays arrays) {
    INDArray gradient = arrays.operand("gradient");
    INDArray masked = arrays.computed('c', gradient.shape());
    INDArray result = imageGradient(convolution, arrays);
    CustomOp mask =
        operation("relu_bp")
            .addInputs(arrays.operand("sums"), gradient)
            .addOutputs(masked)
            .addFloatingPointArguments(0.0)
            .build();
    CustomOp transposed =
        operation("deconv2d")
            .addInputs(masked, arrays.operand("weight"))
            .addOutputs(result)
            .addIntegerArguments(geometry(convolution))
            .build();
    return new OpsAttempt(arrays, List.of(mask, transposed), () -> Arrays.stored(result));
  }

  private static OpsAttempt weightGradient(Convolution convolution, Arrays arrays) {
    int kernel = convolution.kernel();
    INDArray result =
        arrays.computed(
            'c', kernel, kernel, convolution.inputChannels(), convolution.outputChannels());
    // Its numbers are not looked at, only its shape.
    INDArray weight = arrays.computed('c', result.shape());
    CustomOp both =
        operation("conv2d_bp")
            .addInputs(arrays.operand("image"), weight, arrays.operand("gradient"))
            .addOutputs(imageGradient(convolution, arrays), result)
            .addIntegerArguments(geometry(convolution))
            .build();
    return new OpsAttempt(arrays, List.of(both), () -> Arrays.plainWeight(result));
  }

  private static INDArray imageGradient(Convolution convolution, Arrays arrays) {
    long side = convolution.side();
    return arrays.computed('c', 1, side, side, convolution.inputChannels());
  }

  private static DynamicCustomOp.DynamicCustomOpsBuilder operation(String name) {
    return DynamicCustomOp.builder(name);
  }

  /** The integers that all of these operations take: sizes and layouts. */
  private static int[] geometry(Convolution convolution) {
    int kernel = convolution.kernel();
    int stride = convolution.stride();
    int padding = convolution.padding();
    return new int[] {
      kernel,
      kernel,
      stride,
      stride,
      padding,
      padding,
      DILATION,
      DILATION,
      EXPLICIT_PADDING,
      NHWC,
      KERNEL_INPUTS_OUTPUTS
    };
  }
}
