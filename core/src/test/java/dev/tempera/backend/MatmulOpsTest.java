package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.forecast.MemoryForecast;
import dev.tempera.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

class MatmulOpsTest {
  private static final String MESSAGE =
      """
      gram: features need three axes
        input   [1, 2, 3, 4]
        rule    (batch, C, M), here 4 axes
        hint    join the axes of pixels with reshape""";

  private static void gramOfImages(Backend backend) {
    View images = backend.allocate(DType.FLOAT32, Shape.of(1, 2, 3, 4), MemoryOrder.CHANNELS_LAST);
    backend.gram(images);
  }

  @Test
  void gramRefusesImages() {
    assertThatThrownBy(() -> gramOfImages(new ReferenceBackend()))
        .isInstanceOf(ShapeException.class)
        .hasMessage(MESSAGE);
  }

  @Test
  void forecastsOfGramRefuseImages() {
    assertThatThrownBy(
            () -> MemoryForecast.of(new ReferenceBackend(), () -> gramOfImages(Backends.current())))
        .isInstanceOf(ShapeException.class)
        .hasMessage(MESSAGE);
  }
}
