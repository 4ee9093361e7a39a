package dev.tempera.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void axesAreCountedFromBothEnds() {
    Shape shape = Shape.of(2, 3, 5);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.dim(0)).isEqualTo(2);
    assertThat(shape.dim(-1)).isEqualTo(5);
    assertThat(shape.size()).isEqualTo(30);
    assertThat(shape.with(-2, 7)).isEqualTo(Shape.of(2, 7, 5));
    assertThat(shape).hasToString("[2, 3, 5]");
  }

  @Test
  void aScalarHasOneElementAndAnEmptyAxisNone() {
    assertThat(Shape.scalar().size()).isEqualTo(1);
    assertThat(Shape.of()).isEqualTo(Shape.scalar());
    assertThat(Shape.of(3, 0, 5).size()).isZero();
  }

  @Test
  void laterChangesOfTheArrayDoNotReachTheShape() {
    int[] lengths = {2, 3};
    Shape shape = Shape.of(lengths);
    lengths[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
  }

  @Test
  void negativeAndHugeLengthsAreRefused() {
    assertThatThrownBy(() -> Shape.of(2, -1))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("an axis has a negative length")
        .hasMessageContaining("[2, -1]");
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> Shape.of(most, most, most))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("more elements than can be addressed");
    assertThat(Shape.of(most, 1 << 28).size()).isEqualTo((long) most << 28);
  }

  @Test
  void stridesOfDenseTensors() {
    assertThat(Shape.of(2, 3, 5).rowMajorStrides()).containsExactly(15, 5, 1);
    assertThat(Shape.of(2, 3, 5, 7).channelsLastStrides()).containsExactly(105, 1, 21, 3);
    assertThatThrownBy(() -> Shape.of(2, 3).channelsLastStrides())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("four axes (N, C, H, W)");
  }

  @Test
  void lengthsOfOneStretch() {
    assertBroadcast(Shape.of(3, 5), Shape.of(5), Shape.of(3, 5));
    assertBroadcast(Shape.of(3, 1), Shape.of(1, 5), Shape.of(3, 5));
    assertBroadcast(Shape.scalar(), Shape.of(2, 3), Shape.of(2, 3));
    assertBroadcast(Shape.of(2, 1, 4), Shape.of(3, 1), Shape.of(2, 3, 4));
    assertBroadcast(Shape.of(0), Shape.of(1), Shape.of(0));
  }

  private static void assertBroadcast(Shape a, Shape b, Shape expected) {
    assertThat(Shape.broadcast("add", a, b)).isEqualTo(expected);
    assertThat(Shape.broadcast("add", b, a)).isEqualTo(expected);
  }

  @Test
  void otherLengthsDoNot() {
    assertThatThrownBy(() -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(4, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            """
            add: shapes do not broadcast
              left    [2, 3]
              right   [4, 3]
              rule    aligned at the end, axis lengths are equal or one of them is 1; axis -2 has 2 and 4""");
  }
}
