package dev.tempera.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Shape;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  @Test
  void everyDrawIsNewAndTheSameSeedRepeatsThem() {
    try (TensorScope _ = TensorScope.open("test")) {
      RandomSource source = new RandomSource(7);
      float[] first = source.normal(0, 1, 5, 3).toFloats();
      float[] second = source.normal(0, 1, 5, 3).toFloats();
      assertThat(first).isNotEqualTo(second);
      RandomSource again = new RandomSource(7);
      assertThat(again.normal(0, 1, 5, 3).toFloats()).isEqualTo(first);
      assertThat(again.normal(0, 1, 5, 3).toFloats()).isEqualTo(second);
      assertThat(new RandomSource(8).normal(0, 1, 5, 3).toFloats()).isNotEqualTo(first);
    }
  }

  @Test
  void goingBackDrawsTheSameAgain() {
    try (TensorScope _ = TensorScope.open("test")) {
      RandomSource source = new RandomSource(7);
      source.uniform(0, 1, 4);
      long before = source.position();
      float[] ones = source.bernoulli(0.5, 40).toFloats();
      float[] order = source.permutation(20).toFloats();
      source.moveTo(before);
      assertThat(source.bernoulli(0.5, 40).toFloats()).isEqualTo(ones);
      assertThat(source.permutation(20).toFloats()).isEqualTo(order);
    }
  }

  @Test
  void numbersAreTheSameInEveryType() {
    try (TensorScope _ = TensorScope.open("test")) {
      Distribution uniform = new Distribution.Uniform(-1, 1);
      Shape shape = Shape.of(50);
      float[] single = new RandomSource(1).draw(uniform, DType.FLOAT32, shape).toFloats();
      float[] rounded = new RandomSource(1).draw(uniform, DType.FLOAT64, shape).toFloats();
      assertThat(single).isEqualTo(rounded);
    }
  }

  @Test
  void truncatedNumbersStayInside() {
    try (TensorScope _ = TensorScope.open("test")) {
      for (float value :
          new RandomSource(1).truncatedNormal(0, 0.02, -0.04, 0.04, 500).toFloats()) {
        assertThat(value).isBetween(-0.04f, 0.04f);
      }
    }
  }
}
