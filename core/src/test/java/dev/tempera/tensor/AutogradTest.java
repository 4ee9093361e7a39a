package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.Conv2d;
import dev.tempera.op.Gram;
import dev.tempera.op.MaxPool2d;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutogradTest {
  private TensorScope scope;
  private long liveBefore;

  @BeforeEach
  void open() {
    liveBefore = Backends.current().memory().live();
    scope = TensorScope.open("test");
  }

  @AfterEach
  void closeAndCheckForLeaks() {
    scope.close();
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  @Test
  void productRule() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 3).track();
    Tensor y = Tensor.of(new float[] {4, 5, 6}, 3).track();
    Gradients gradients = x.multiply(y).add(x).sum().backward();
    assertThat(gradients.of(x).toFloats()).containsExactly(5, 6, 7);
    assertThat(gradients.of(y).toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void broadcastOperandsGetSummedGradients() {
    Tensor x = Tensor.ones(2, 3).track();
    Tensor b = Tensor.of(new float[] {1, 2, 3}, 3).track();
    Gradients gradients = x.multiply(b).sum().backward();
    assertThat(gradients.of(b).shape().toArray()).containsExactly(3);
    assertThat(gradients.of(b).toFloats()).containsExactly(2, 2, 2);
  }

  @Test
  void sumsOfGradientsWriteOverNothingThatIsHeldElsewhere() {
    Tensor x = Tensor.ones(3).track();
    Tensor z = Tensor.ones(3).track();
    Tensor seed = Tensor.of(new float[] {1, 2, 3}, 3);
    Tensor tripled = x.add(x).add(x).add(z);
    Gradients gradients = tripled.backward(seed, BackwardMode.RETAIN);
    assertThat(gradients.of(x).toFloats()).containsExactly(3, 6, 9);
    assertThat(gradients.of(z).toFloats()).containsExactly(1, 2, 3);
    assertThat(seed.toFloats()).containsExactly(1, 2, 3);
    assertThat(tripled.backward(seed, BackwardMode.CONSUME).of(x).toFloats())
        .containsExactly(3, 6, 9);
  }

  @Test
  void gradientsOfGradients() {
    Tensor x = Tensor.of(new double[] {0.5, 1.5}, 2).track();
    Gradients first = x.exp().multiply(x).sum().backward(BackwardMode.DIFFERENTIABLE);
    Gradients second = first.of(x).sum().backward();
    // d²/dx² x·eˣ = (2 + x)·eˣ.
    double[] values = second.of(x).toDoubles();
    assertThat(values[0]).isCloseTo(2.5 * Math.exp(0.5), within(1e-12));
    assertThat(values[1]).isCloseTo(3.5 * Math.exp(1.5), within(1e-12));
  }

  @Test
  void aSmallNetworkAgreesWithFiniteDifferences() {
    double[] image = values(2 * 3 * 9 * 8, 1);
    double[] weight = values(4 * 3 * 3 * 3, 2);
    double[] direction = values(image.length, 3);
    double step = 1e-5;
    double slope = 0;
    double forward = loss(shifted(image, direction, step), weight).item();
    double backward = loss(shifted(image, direction, -step), weight).item();
    Tensor x = Tensor.of(image, 2, 3, 9, 8).track();
    double[] gradient = loss(x, Tensor.of(weight, 4, 3, 3, 3)).backward().of(x).toDoubles();
    for (int i = 0; i < gradient.length; i++) {
      slope += gradient[i] * direction[i];
    }
    assertThat(slope).isCloseTo((forward - backward) / (2 * step), within(1e-5 * Math.abs(slope)));
  }

  private static Tensor loss(double[] image, double[] weight) {
    return loss(Tensor.of(image, 2, 3, 9, 8), Tensor.of(weight, 4, 3, 3, 3));
  }

  private static Tensor loss(Tensor image, Tensor weight) {
    Conv2dParams params =
        Conv2dParams.DEFAULT.withPadding(Padding.of(1, PaddingMode.REFLECT)).withStride(2);
    Tensor features = Conv2d.applyRelu(image, weight, null, params);
    return Gram.apply(MaxPool2d.apply(features, Pool2dParams.of(2))).square().mean();
  }

  private static double[] shifted(double[] point, double[] direction, double step) {
    double[] result = point.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] += step * direction[i];
    }
    return result;
  }

  private static double[] values(int count, long seed) {
    return new java.util.SplittableRandom(seed).doubles(count, -1, 1).toArray();
  }

  @Test
  void aConsumedGraphSaysSo() {
    Tensor x = Tensor.of(new float[] {2}, 1).track();
    Tensor y = x.square().sum();
    y.backward();
    assertThatThrownBy(y::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("given back by an earlier backward")
        .hasMessageContaining("BackwardMode.RETAIN");
  }

  @Test
  void untrackedTensorsHaveNoGradient() {
    Tensor x = Tensor.of(new float[] {2}, 1).track();
    Tensor other = Tensor.ones(1);
    Gradients gradients = x.square().sum().backward();
    assertThatThrownBy(() -> gradients.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it was not tracked");
  }

  @Test
  void nothingIsRecordedInsideANoRecordSection() {
    Tensor x = Tensor.ones(2).track();
    try (NoRecord _ = NoRecord.open()) {
      assertThat(x.square().isTracked()).isFalse();
    }
    assertThat(x.square().isTracked()).isTrue();
  }
}
