package dev.tempera.bench.ours;

import dev.tempera.backend.Backend;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One kernel of our backend, or a few that follow each other. */
final class KernelAttempt implements Attempt {
  private final Backend backend;
  private final Operands operands;
  private final MemoryOrder resultOrder;
  private final Supplier<View> kernel;
  private @Nullable View latest;

  private KernelAttempt(
      Backend backend, Operands operands, MemoryOrder resultOrder, Supplier<View> kernel) {
    this.backend = backend;
    this.operands = operands;
    this.resultOrder = resultOrder;
    this.kernel = kernel;
  }

  /** A convolution or a gradient of it. Weights are frozen, as they are in a net that is used. */
  static KernelAttempt of(Backend backend, Convolution convolution, Operands operands) {
    Conv2dParams params = convolution.params();
    Supplier<View> kernel =
        switch (convolution.direction()) {
          case FORWARD -> {
            View weight = frozen(operands);
            Conv2dEpilogue epilogue = new Conv2dEpilogue(operands.view("bias"), true, false);
            yield () -> backend.conv2d(operands.view("image"), weight, params, epilogue).value();
          }
          case INPUT_GRADIENT -> {
            View weight = frozen(operands);
            View gradient = operands.view("gradient");
            Mask mask = mask(backend, operands.take("sums"));
            Shape image = convolution.imageShape();
            yield () -> backend.conv2dGradInput(gradient, mask, weight, params, image);
          }
          case WEIGHT_GRADIENT ->
              () ->
                  backend.conv2dGradWeight(
                      operands.view("image"),
                      operands.view("gradient"),
                      params,
                      convolution.weightShape());
        };
    return new KernelAttempt(backend, operands, convolution.resultOrder(), kernel);
  }

  /** A Gram matrix, or the two kernels of its gradient. */
  static KernelAttempt of(Backend backend, GramProduct gram, Operands operands) {
    Shape matrix = Shape.of(1, gram.channels(), gram.side() * gram.side());
    View features = Objects.requireNonNull(operands.view("features").reshape(matrix));
    if (!gram.backward()) {
      return new KernelAttempt(backend, operands, gram.resultOrder(), () -> backend.gram(features));
    }
    Shape square = Shape.of(1, gram.channels(), gram.channels());
    View gradient = Objects.requireNonNull(operands.view("gradient").reshape(square));
    Shape image = Shape.of(1, gram.side(), gram.side(), gram.channels());
    return new KernelAttempt(
        backend,
        operands,
        gram.resultOrder(),
        () -> {
          View symmetric = backend.binary(BinaryOp.ADD, gradient, gradient.transposed());
          View pixels = backend.matmul(features.transposed(), symmetric);
          symmetric.storage().release();
          return Objects.requireNonNull(pixels.reshape(image)).permute(0, 3, 1, 2);
        });
  }

  private static View frozen(Operands operands) {
    View weight = operands.view("weight");
    weight.storage().freeze();
    return weight;
  }

  private static Mask mask(Backend backend, View sums) {
    var rectified = backend.relu(sums, true);
    sums.storage().release();
    rectified.value().storage().release();
    return Objects.requireNonNull(rectified.mask());
  }

  @Override
  public double run() {
    release();
    long start = System.nanoTime();
    latest = kernel.get();
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public float[] result() {
    return Results.floats(backend, Objects.requireNonNull(latest), resultOrder);
  }

  private void release() {
    if (latest != null) {
      latest.storage().release();
      latest = null;
    }
  }

  @Override
  public void close() {
    release();
    operands.close();
  }
}
