package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Softmax;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Probabilities along an axis, which is the parameter. */
public record SoftmaxSpec() implements OpSpec<Integer> {
  private static final double ROUNDINGS = 8;

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Class<?> operation() {
    return Softmax.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return lines(draw);
  }

  /** Lines of all lengths and in all places, with numbers of all sizes. */
  static List<Sample<Integer>> lines(Draw draw) {
    return List.of(
        Sample.of("one", 0, draw.normal(1)),
        Sample.of("17", 0, draw.normal(17)),
        Sample.of("1025", -1, draw.normal(1025)),
        Sample.of("5000", 0, draw.normal(5000)).notSmooth(),
        Sample.of("rows", 1, draw.normal(7, 33)),
        Sample.of("columns", 0, draw.normal(33, 7)),
        Sample.of("wide columns", 0, draw.normal(5, 131)),
        Sample.of("middle axis", -2, draw.normal(3, 17, 5)),
        Sample.of("channels", 1, draw.normal(2, 5, 7, 9)),
        Sample.of("axis of length 1", 1, draw.normal(5, 1, 3)),
        Sample.of("far from 0", 1, draw.uniform(100, 101, 5, 13)),
        Sample.of("far apart", 1, draw.uniform(-35, 35, 5, 13)),
        Sample.of("nothing to compare", 1, draw.normal(3, 0)).notSmooth(),
        Sample.of("special", 1, special()).notSmooth(),
        Sample.of("special, columns", 0, special()).notSmooth());
  }

  private static Input special() {
    double infinity = Double.POSITIVE_INFINITY;
    double[] values = {
      1, -infinity, 2, -infinity, -infinity, -infinity, infinity, 1, 2, Double.NaN, 1, -infinity
    };
    return Input.of(values, 4, 3);
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return largeLines(draw);
  }

  /** Enough lines for several threads. */
  static List<Sample<Integer>> largeLines(Draw draw) {
    return List.of(
        Sample.of("large, rows", 1, draw.normal(211, 1031)),
        Sample.of("large, channels", 1, draw.normal(2, 21, 61, 57)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return Softmax.apply(inputs.get(0), parameters);
  }

  /** The rounding of x − max counts for as much as it is large, the sum for √ of its terms. */
  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    double terms = Math.sqrt((double) sample.input(0).shape().size());
    return Tolerance.elementwise(ROUNDINGS + Extent.range(sample.input(0)) + terms);
  }

  /** Where one element outweighs all others, g − Σ g·y cancels. */
  @Override
  public Tolerance gradientTolerance(Sample<Integer> sample) {
    return tolerance(sample).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Softmax.apply(Tensor.ones(2, 3), 2),
            "softmax: there is no axis 2",
            "input   [2, 3]",
            "−2 ≤ axis < 2"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Softmax.apply(Tensor.ones(3).to(DType.INT32), 0),
            "softmax: not defined for int32",
            "to(DType.FLOAT32)"));
  }
}
