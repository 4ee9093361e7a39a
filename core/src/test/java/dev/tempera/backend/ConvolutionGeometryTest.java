package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import org.junit.jupiter.api.Test;

class ConvolutionGeometryTest {
  @Test
  void aDilatedKernelLongerThanAnyImageDoesNotFit() {
    Conv2dParams params = Conv2dParams.DEFAULT.withDilation(1 << 30);
    assertThatThrownBy(() -> params.outputShape(Shape.of(1, 3, 8, 8), Shape.of(4, 3, 5, 5)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the kernel is larger than the padded input");
  }

  @Test
  void channelsTimesGroupsDoNotWrapAround() {
    Conv2dParams params = Conv2dParams.DEFAULT.withGroups(1 << 30);
    assertThatThrownBy(() -> params.outputShape(Shape.of(1, 0, 8, 8), Shape.of(0, 4, 1, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("weight expects 4294967296");
  }

  @Test
  void paddingBeyondTheLongestAxisIsRefused() {
    Padding padding = Padding.zero(Integer.MAX_VALUE);
    assertThatThrownBy(() -> padding.outputShape("pad2d", Shape.of(1, 1, 3, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("pad2d: the padded image is too large")
        .hasMessageContaining("here 4294967297");
  }

  @Test
  void anEmptyKernelDoesNotFit() {
    assertThatThrownBy(
            () ->
                Conv2dParams.DEFAULT.outputShape(
                    Shape.of(1, 3, Integer.MAX_VALUE, 1), Shape.of(4, 3, 0, 1)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void stridesShortenTheOutput() {
    Shape shape =
        Conv2dParams.DEFAULT
            .withStride(2)
            .withPadding(1)
            .outputShape(Shape.of(2, 3, 9, 8), Shape.of(4, 3, 3, 3));
    assertThat(shape).isEqualTo(Shape.of(2, 4, 5, 4));
  }
}
