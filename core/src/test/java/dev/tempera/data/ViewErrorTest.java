package dev.tempera.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import org.junit.jupiter.api.Test;

class ViewErrorTest {
  @Test
  void aPermutationNamesEveryAxisOnce() {
    try (TensorScope _ = TensorScope.open("test")) {
      View view = Tensor.ones(2, 3, 4).view();
      assertThat(view.permute(2, 0, 1).shape()).isEqualTo(Shape.of(4, 2, 3));
      for (int[] order : new int[][] {{2, 2, 2}, {0, 1}, {0, 1, 3}, {0, 1, -1}, {0, 1, 2, 0}}) {
        assertThatThrownBy(() -> view.permute(order))
            .isInstanceOf(ShapeException.class)
            .hasMessageContaining("does not name every axis once");
      }
      assertThatThrownBy(() -> Tensor.ones(3).view().transposed())
          .isInstanceOf(ShapeException.class);
    }
  }

  @Test
  void aMaskHasABitForEveryElement() {
    View bytes = Backends.current().allocate(DType.UINT8, Shape.of(2), MemoryOrder.ROW_MAJOR);
    try {
      Shape sixteen = Shape.of(16);
      assertThat(new Mask(bytes.storage(), sixteen, new long[] {1}).shape()).isEqualTo(sixteen);
      assertThatThrownBy(() -> new Mask(bytes.storage(), Shape.of(17), new long[] {1}))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("at least 3 bytes, here 2");
    } finally {
      bytes.storage().release();
    }
  }
}
