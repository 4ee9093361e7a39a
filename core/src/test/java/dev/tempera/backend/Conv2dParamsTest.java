package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Conv2dParamsTest {
  @Test
  void outputsAreThePlacesWhereTheKernelFits() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      int length = random.nextInt(1, 14);
      int kernel = random.nextInt(1, 6);
      int stride = random.nextInt(1, 5);
      int dilation = random.nextInt(1, 4);
      int before = random.nextInt(4);
      int after = random.nextInt(4);
      Padding padding = new Padding(before, after, 0, 0, PaddingMode.ZERO);
      Conv2dParams params = new Conv2dParams(stride, 1, padding, dilation, 1, 1);
      int expected = 0;
      int padded = before + length + after;
      for (int start = 0; start + dilation * (kernel - 1) < padded; start += stride) {
        expected++;
      }
      Shape input = Shape.of(2, 3, length, 4);
      Shape weight = Shape.of(5, 3, kernel, 1);
      if (expected == 0) {
        assertThatThrownBy(() -> params.outputShape(input, weight))
            .isInstanceOf(ShapeException.class)
            .hasMessageContaining("the kernel is larger than the padded input");
      } else {
        assertThat(params.outputShape(input, weight)).isEqualTo(Shape.of(2, 5, expected, 4));
      }
    }
  }
}
