package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Pool2dParamsTest {
  @Test
  void windowsAreThoseThatCanBeLaidOneByOne() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      int kernel = random.nextInt(1, 6);
      int stride = random.nextInt(1, 6);
      int padding = random.nextInt(kernel / 2 + 1);
      int length = random.nextInt(1, 14);
      boolean ceil = random.nextBoolean();
      Pool2dParams params = new Pool2dParams(kernel, 1, stride, 1, padding, 0, ceil, true);
      int expected = windows(length, kernel, stride, padding, ceil);
      Shape input = Shape.of(1, 1, length, 1);
      if (expected == 0) {
        assertThatThrownBy(() -> params.outputShape("maxPool2d", input))
            .isInstanceOf(ShapeException.class);
      } else {
        assertThat(params.outputShape("maxPool2d", input).dim(2))
            .as("%s of %d", params, length)
            .isEqualTo(expected);
      }
    }
  }

  /**
   * Lays windows from the leading padding on: whole ones, and in ceil mode all that start inside
   * the image and after a window that leaves some of the padded image uncovered.
   */
  private static int windows(int length, int kernel, int stride, int padding, boolean ceil) {
    int end = length + padding;
    int count = 0;
    int start = -padding;
    while (ceil ? start < length && start - stride + kernel < end : start + kernel <= end) {
      count++;
      start += stride;
    }
    return count;
  }

  @Test
  void averagesDivideByThePixelsThatCount() {
    Shape input = Shape.of(1, 1, 5, 5);
    Pool2dParams params = Pool2dParams.of(3).withStride(2).withPadding(1).withCeilMode(true);
    assertThat(params.divisor(0, 0, input)).isEqualTo(9);
    assertThat(params.withCountPadding(false).divisor(0, 0, input)).isEqualTo(4);
    assertThat(params.withCountPadding(false).divisor(1, 1, input)).isEqualTo(9);
    Pool2dParams beyond = Pool2dParams.of(2).withCeilMode(true);
    assertThat(beyond.divisor(2, 0, input)).isEqualTo(2);
    assertThat(beyond.divisor(2, 2, input)).isEqualTo(1);
  }
}
