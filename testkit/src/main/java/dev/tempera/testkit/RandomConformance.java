package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks that a backend draws the random numbers that the generator defines, to the bit. */
public final class RandomConformance {
  private static final Philox PHILOX = new Philox(20_260_101, 5);
  private static final int[][] SHAPES = {{}, {0, 3}, {1}, {3}, {4}, {5, 7}, {513}, {3, 5, 1371}};
  private static final List<Distribution> DISTRIBUTIONS =
      List.of(
          Distribution.UNIT_UNIFORM,
          new Distribution.Uniform(-2, 5),
          Distribution.STANDARD_NORMAL,
          new Distribution.Normal(-1, 0.25),
          new Distribution.TruncatedNormal(0, 1, -2, 2),
          new Distribution.TruncatedNormal(1, 2, 4, Double.POSITIVE_INFINITY),
          new Distribution.Bernoulli(0.3));

  private final Backend backend;

  /** A check of a backend. */
  public RandomConformance(Backend backend) {
    this.backend = backend;
  }

  /** One test for each distribution, for {@code @TestFactory}. */
  public Stream<DynamicTest> tests() {
    return DISTRIBUTIONS.stream()
        .map(
            distribution ->
                DynamicTest.dynamicTest(distribution.toString(), () -> check(distribution)));
  }

  private void check(Distribution distribution) {
    for (int[] lengths : SHAPES) {
      Shape shape = Shape.of(lengths);
      double[] expected = new double[Math.toIntExact(shape.size())];
      distribution.draw(PHILOX, 0, expected, expected.length);
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
        require(distribution, dtype, shape, expected);
      }
      if (distribution instanceof Distribution.Bernoulli) {
        require(distribution, DType.BOOL, shape, expected);
      }
    }
  }

  private void require(Distribution distribution, DType dtype, Shape shape, double[] expected) {
    double[] rounded = expected.clone();
    for (int i = 0; dtype == DType.FLOAT32 && i < rounded.length; i++) {
      rounded[i] = (float) rounded[i];
    }
    try (Tensor drawn = Tensor.of(backend, backend.random(distribution, PHILOX, dtype, shape))) {
      Numbers.of(drawn)
          .requireSame(distribution + " " + dtype + shape, new Numbers(dtype, shape, rounded));
    }
  }
}
