package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;

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
}
