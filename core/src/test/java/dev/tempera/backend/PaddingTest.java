package dev.tempera.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import org.junit.jupiter.api.Test;

class PaddingTest {
  private static final Shape IMAGE = Shape.of(1, 3, 4, 6);

  @Test
  void everySideGrowsByItself() {
    Padding padding = new Padding(1, 2, 3, 0, PaddingMode.REFLECT);
    assertThat(padding.outputShape("pad2d", IMAGE)).isEqualTo(Shape.of(1, 3, 7, 9));
    assertThat(padding.isNone()).isFalse();
    assertThat(Padding.NONE.isNone()).isTrue();
    assertThat(Padding.NONE.outputShape("pad2d", IMAGE)).isEqualTo(IMAGE);
  }

  @Test
  void reflectionReachesAsFarAsTheOppositeEdge() {
    assertThat(Padding.of(3, PaddingMode.REFLECT).outputShape("pad2d", IMAGE))
        .isEqualTo(Shape.of(1, 3, 10, 12));
    assertThatThrownBy(() -> Padding.of(4, PaddingMode.REFLECT).outputShape("pad2d", IMAGE))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("pad2d: reflection reaches beyond the opposite edge");
  }

  @Test
  void reflectionDoesNotRepeatTheEdge() {
    int[] sources = new int[9];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = PaddingMode.REFLECT.source(i - 3, 4);
    }
    assertThat(sources).containsExactly(3, 2, 1, 0, 1, 2, 3, 2, 1);
  }
}
