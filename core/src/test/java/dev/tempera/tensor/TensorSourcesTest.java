package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Where the values of new tensors come from. */
class TensorSourcesTest {
  @Test
  void moreBytesThanNeededMayBeGiven() {
    try (TensorScope _ = TensorScope.open("test")) {
      MemorySegment four = MemorySegment.ofArray(new float[] {1, 2, 3, 4});
      Tensor two = Tensor.upload(four, DType.FLOAT32, Shape.of(2));
      assertThat(two.toFloats()).containsExactly(1, 2);
    }
  }

  @Test
  void aSeedGivesEachDistributionNumbersOfItsOwn() {
    try (TensorScope _ = TensorScope.open("test")) {
      float[] uniform = Tensor.randomUniform(7, 1000).toFloats();
      float[] normal = Tensor.randomNormal(7, 1000).toFloats();
      // Box and Muller: the first of two uniform numbers sets the radius of both results.
      double largest = 0;
      for (int i = 0; i < 1000; i += 2) {
        double radius = Math.hypot(normal[i], normal[i + 1]);
        largest = Math.max(largest, Math.abs(Math.exp(-radius * radius / 2) - uniform[i]));
      }
      assertThat(largest).isGreaterThan(0.5);
    }
  }

  @Test
  void identityMatricesHaveOnesOnTheDiagonal() {
    try (TensorScope _ = TensorScope.open("test")) {
      assertThat(Tensor.eye(2).toFloats()).containsExactly(1, 0, 0, 1);
      assertThat(Tensor.eye(DType.INT32, 2, 3).toFloats()).containsExactly(1, 0, 0, 0, 1, 0);
      assertThat(Tensor.eye(0).shape()).isEqualTo(Shape.of(0, 0));
    }
  }

  @Test
  void rangesEndBeforeTheirEnd() {
    try (TensorScope _ = TensorScope.open("test")) {
      assertThat(Tensor.arange(2, 5).toFloats()).containsExactly(2, 3, 4);
      assertThat(Tensor.arange(DType.FLOAT64, 1, 0, -0.25).toDoubles())
          .containsExactly(1, 0.75, 0.5, 0.25);
      assertThat(Tensor.arange(3, 3).shape()).isEqualTo(Shape.of(0));
      assertThat(Tensor.arange(DType.INT64, 0, 5, 2).toFloats()).containsExactly(0, 2, 4);
      assertThatThrownBy(() -> Tensor.arange(DType.FLOAT32, 0, 1, -0.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("arange: the steps do not lead to the end")
          .hasMessageContaining("0.0 to 1.0, step -0.5");
      assertThatThrownBy(() -> Tensor.arange(DType.FLOAT32, 0, 1, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void equalDistancesReachBothEnds() {
    try (TensorScope _ = TensorScope.open("test")) {
      assertThat(Tensor.linspace(DType.FLOAT64, 0.1, 0.7, 7).toDoubles())
          .startsWith(0.1)
          .endsWith(0.7);
      assertThat(Tensor.linspace(DType.FLOAT32, -1, 1, 5).toFloats())
          .containsExactly(-1, -0.5f, 0, 0.5f, 1);
      assertThat(Tensor.linspace(DType.FLOAT32, 3, 4, 1).toFloats()).containsExactly(3);
      assertThatThrownBy(() -> Tensor.linspace(DType.FLOAT32, 0, 1, -1))
          .hasMessageContaining("linspace: count ≥ 0, here -1");
    }
  }

  @Test
  void zerosAndOnesComeInEveryType() {
    try (TensorScope _ = TensorScope.open("test")) {
      for (DType dtype : DType.values()) {
        assertThat(Tensor.ones(dtype, 3).dtype()).isEqualTo(dtype);
        assertThat(Tensor.ones(dtype, 3).toFloats()).containsExactly(1, 1, 1);
        assertThat(Tensor.zeros(dtype, 2).toFloats()).containsExactly(0, 0);
      }
    }
  }
}
