package dev.tempera.bench.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.Convolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A gradient of a convolution, by libtorch's own differentiation: the binding has no other way to
 * it. The convolution is recorded anew before each run, outside of the time, so that the gradient
 * is written and not added to an earlier one.
 */
final class ConvolutionGradientAttempt implements Attempt {
  private final Convolution convolution;
  private final LibtorchOperands operands;
  private final boolean toInput;
  private final PtNDArray gradient;
  private final PtNDArray image;
  private final PtNDArray weight;
  private final @Nullable PtNDArray passed;
  private @Nullable NDManager runManager;
  private @Nullable PtNDArray latest;

  ConvolutionGradientAttempt(Convolution convolution, LibtorchOperands operands) {
    this.convolution = convolution;
    this.operands = operands;
    toInput = convolution.direction() == Convolution.Direction.INPUT_GRADIENT;
    JniUtils.setGradMode(false);
    gradient = operands.array("gradient");
    image =
        toInput
            ? zeros(convolution.imageShape(), new long[] {0, 3, 1, 2})
            : operands.array("image");
    weight =
        toInput
            ? operands.array("weight")
            : zeros(convolution.weightShape(), new long[] {0, 3, 1, 2});
    passed = toInput ? passed(operands.array("sums")) : null;
  }

  private PtNDArray zeros(dev.tempera.data.Shape shape, long[] order) {
    Shape rows = new Shape(shape.dim(0), shape.dim(2), shape.dim(3), shape.dim(1));
    return JniUtils.permute(
        JniUtils.createZerosNdArray(
            operands.manager(), rows, DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE),
        order);
  }

  /** One where the ReLU passed, zero elsewhere. */
  private static PtNDArray passed(PtNDArray sums) {
    PtNDArray zero = JniUtils.zerosLike(sums, DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE);
    return JniUtils.to(JniUtils.gt(sums, zero), DataType.FLOAT32, Device.cpu());
  }

  @Override
  public double run() {
    if (runManager != null) {
      runManager.close();
    }
    NDManager manager = operands.manager().newSubManager();
    runManager = manager;
    PtNDArray leaf = JniUtils.detachGradient(toInput ? image : weight);
    leaf.attach(manager);
    JniUtils.setGradMode(true);
    JniUtils.attachGradient(leaf, true);
    PtNDArray sums =
        toInput
            ? ConvolutionAttempt.convolved(convolution, leaf, weight, null)
            : ConvolutionAttempt.convolved(convolution, image, leaf, null);
    sums.attach(manager);
    JniUtils.setGradMode(false);
    long start = System.nanoTime();
    if (passed == null) {
      JniUtils.backward(sums, gradient, false, false);
    } else {
      PtNDArray masked = JniUtils.mul(gradient, passed);
      JniUtils.backward(sums, masked, false, false);
      masked.close();
    }
    double millis = (System.nanoTime() - start) / 1e6;
    latest = JniUtils.getGradient(leaf);
    return millis;
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
