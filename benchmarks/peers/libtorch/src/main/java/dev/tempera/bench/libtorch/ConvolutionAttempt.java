package dev.tempera.bench.libtorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.Convolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Convolution, bias and ReLU. */
final class ConvolutionAttempt implements Attempt {
  private final Convolution convolution;
  private final LibtorchOperands operands;
  private @Nullable PtNDArray latest;

  ConvolutionAttempt(Convolution convolution, LibtorchOperands operands) {
    this.convolution = convolution;
    this.operands = operands;
  }

  /** The convolution alone. */
  static PtNDArray convolved(
      Convolution convolution, PtNDArray image, PtNDArray weight, @Nullable PtNDArray bias) {
    return JniUtils.convolution(
        image,
        weight,
        bias,
        new Shape(convolution.stride(), convolution.stride()),
        new Shape(convolution.padding(), convolution.padding()),
        new Shape(1, 1),
        1);
  }

  @Override
  public double run() {
    if (latest != null) {
      latest.close();
    }
    JniUtils.setGradMode(false);
    long start = System.nanoTime();
    PtNDArray sums =
        convolved(
            convolution, operands.array("image"), operands.array("weight"), operands.array("bias"));
    latest = JniUtils.relu(sums);
    sums.close();
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public float[] result() {
    return LibtorchOperands.floats(Objects.requireNonNull(latest), convolution.resultOrder());
  }

  @Override
  public void close() {
    operands.close();
  }
}
