package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.ConvTranspose2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.Conv2d;
import dev.tempera.op.ConvTranspose2d;
import dev.tempera.op.Gram;
import dev.tempera.op.MaxPool2d;
import dev.tempera.reference.ReferenceBackend;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import org.junit.jupiter.api.Test;

/** A net whose weights need no gradient computes none, and keeps no more than it must. */
class FrozenWeightsTest {
  private static final int SIZE = 24;
  private static final int FLOAT = Float.BYTES;
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  private final Backend reference = new ReferenceBackend();
  private final RecordingBackend recorder = new RecordingBackend(reference);

  @Test
  void noWeightGradientIsComputedAndNoConvolutionInputIsKept() {
    try (Backends.Choice _ = Backends.use(recorder.backend());
        TensorScope _ = TensorScope.open("image and weights")) {
      Tensor image = Tensor.randomNormal(1, 1, 3, SIZE, SIZE).track();
      Tensor[] weights = {weight(8, 3), weight(8, 8), weight(16, 8)};
      long before = reference.memory().live();
      Tensor loss;
      try (TensorScope step = TensorScope.open("step")) {
        loss = step.keep(loss(image, weights));
      }
      long pixels = SIZE * SIZE;
      long masks = 8 * pixels + 8 * pixels + 16 * pixels / 4;
      long positions = 8 * pixels / 4;
      long features = FLOAT * 16 * pixels / 4;
      long gramMatrices = 3 * FLOAT * 16 * 16;
      assertThat(reference.memory().live() - before)
          .isLessThanOrEqualTo(masks + positions + features + gramMatrices + 2 * FLOAT)
          .isLessThan(FLOAT * 8 * pixels + masks);

      Gradients gradients = loss.backward();
      assertThat(gradients.has(image)).isTrue();
      assertThat(recorder.calls("conv2d")).isEqualTo(3);
      assertThat(recorder.calls("conv2dGradInput")).isEqualTo(3);
      assertThat(recorder.calls("conv2dGradWeight")).isZero();
    }
    assertThat(reference.memory().storages()).isZero();
  }

  @Test
  void nothingIsKeptWhereNothingIsTracked() {
    try (Backends.Choice _ = Backends.use(recorder.backend());
        TensorScope _ = TensorScope.open("image and weights")) {
      Tensor image = Tensor.randomNormal(1, 1, 3, SIZE, SIZE);
      Tensor[] weights = {weight(8, 3), weight(8, 8), weight(16, 8)};
      long before = reference.memory().live();
      try (TensorScope step = TensorScope.open("step")) {
        Tensor loss = step.keep(loss(image, weights));
        assertThat(loss.isTracked()).isFalse();
      }
      assertThat(reference.memory().live() - before).isEqualTo(FLOAT);
    }
  }

  @Test
  void aTransposedConvolutionKeepsNothing() {
    try (Backends.Choice _ = Backends.use(recorder.backend());
        TensorScope _ = TensorScope.open("image and weights")) {
      Tensor image = Tensor.randomNormal(1, 1, 3, SIZE, SIZE).track();
      Tensor weights = Tensor.randomNormal(2, 3, 4, 4, 4).freeze();
      long before = reference.memory().live();
      Tensor result =
          ConvTranspose2d.apply(image, weights, null, ConvTranspose2dParams.of(SAME.withStride(2)));
      assertThat(reference.memory().live() - before).isEqualTo(FLOAT * result.shape().size());
      result.sum().backward();
      assertThat(recorder.calls("conv2dGradWeight")).isZero();
    }
  }

  private static Tensor weight(int outputs, int inputs) {
    return Tensor.randomNormal(outputs, outputs, inputs, 3, 3).freeze();
  }

  private static Tensor loss(Tensor image, Tensor... weights) {
    Tensor x = Conv2d.applyRelu(image, weights[0], null, SAME);
    x = Conv2d.applyRelu(x, weights[1], null, SAME);
    x = MaxPool2d.apply(x, Pool2dParams.of(2));
    x = Conv2d.applyRelu(x, weights[2], null, SAME);
    return Gram.apply(x).square().mean();
  }
}
