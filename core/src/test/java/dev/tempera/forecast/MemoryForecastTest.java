package dev.tempera.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.op.Conv2d;
import dev.tempera.reference.ReferenceBackend;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryForecastTest {
  private static final int KIB = 1024;
  private final ReferenceBackend backend = new ReferenceBackend();

  @Test
  void countsWhatIsHeldAtOneTime() {
    MemoryForecast forecast =
        MemoryForecast.of(
            backend,
            () -> {
              Tensor x = Tensor.zeros(256);
              try (TensorScope _ = TensorScope.open("first")) {
                x.exp().add(1);
              }
              x.square();
            });
    assertThat(forecast.peakBytes()).isEqualTo(3 * KIB);
    assertThat(forecast.keptBytes()).isZero();
    assertThat(forecast.atPeak())
        .extracting(MemoryForecast.Share::op)
        .containsExactly("add scalar", "exp", "filled");
    assertThat(backend.memory().peak()).isZero();
  }

  @Test
  void nothingHasASizeTooLarge() {
    MemoryForecast forecast =
        MemoryForecast.of(
            backend,
            () -> {
              Tensor image = Tensor.zeros(1, 64, 30_000, 30_000).track();
              Conv2d.applyRelu(
                      image,
                      Tensor.zeros(64, 64, 3, 3).freeze(),
                      null,
                      Conv2dParams.DEFAULT.withPadding(1))
                  .sum()
                  .backward();
            });
    long image = 4L * 64 * 30_000 * 30_000;
    assertThat(forecast.peakBytes()).isBetween(3 * image, 5 * image);
    assertThat(forecast.toString()).contains("peak ").contains("conv2d");
  }

  @Test
  void whatRecordsKeepIsCountedOnceAndWithoutFrozenWeights() {
    MemoryForecast forecast =
        MemoryForecast.of(
            backend,
            () -> {
              Tensor x = Tensor.zeros(256).track();
              Tensor weight = Tensor.zeros(256).freeze();
              Tensor loss = x.multiply(weight).square().add(x.square()).sum();
              loss.backward();
            });
    // The product and x itself; each is kept by one square.
    assertThat(forecast.keptBytes()).isEqualTo(2 * KIB);
  }

  @Test
  void readsAreOneForRealNumbersAndZeroForOthers() {
    AtomicReference<float[]> floats = new AtomicReference<>();
    AtomicReference<double[]> doubles = new AtomicReference<>();
    AtomicReference<float[]> positions = new AtomicReference<>();
    MemoryForecast.of(
        backend,
        () -> {
          floats.set(Tensor.zeros(2).toFloats());
          doubles.set(Tensor.filled(DType.FLOAT64, Shape.of(2), 7).toDoubles());
          positions.set(Tensor.zeros(5).argmax(0).toFloats());
        });
    assertThat(floats.get()).containsExactly(1, 1);
    assertThat(doubles.get()).containsExactly(1, 1);
    assertThat(positions.get()).containsExactly(0);
  }

  @Test
  void aStandInIsLikeTheTensorItStandsFor() {
    try (Tensor weight = Tensor.zeros(1, 4, 5, 3).permute(0, 3, 1, 2).freeze()) {
      AtomicReference<long[]> strides = new AtomicReference<>();
      MemoryForecast forecast =
          MemoryForecast.of(
              backend,
              () -> {
                Tensor standIn = MemoryForecast.standIn(weight);
                strides.set(standIn.view().strides());
                assertThat(standIn.shape()).isEqualTo(weight.shape());
                assertThat(standIn.view().storage().isFrozen()).isTrue();
              });
      assertThat(strides.get()).isEqualTo(weight.view().strides());
      assertThat(forecast.peakBytes()).isEqualTo(4 * 3 * 4 * 5);
      assertThatThrownBy(() -> MemoryForecast.standIn(weight))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("standIn: there is no forecast here");
    }
  }

  @Test
  void limitsOfScopesHold() {
    assertThatThrownBy(
            () ->
                MemoryForecast.of(
                    backend,
                    () -> {
                      try (TensorScope _ = TensorScope.open("step", KIB)) {
                        Tensor.zeros(257);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("scope step: limit reached");
  }
}
