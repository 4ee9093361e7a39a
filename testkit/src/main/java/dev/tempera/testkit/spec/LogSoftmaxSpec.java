package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.LogSoftmax;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Logarithms of probabilities along an axis, which is the parameter. */
public record LogSoftmaxSpec() implements OpSpec<Integer> {
  private static final double ROUNDINGS = 8;

  @Override
  public String name() {
    return "logSoftmax";
  }

  @Override
  public Class<?> operation() {
    return LogSoftmax.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    return SoftmaxSpec.lines(draw);
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return SoftmaxSpec.largeLines(draw);
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return LogSoftmax.apply(inputs.get(0), parameters);
  }

  /** The logarithm of a sum near 1 is as exact as the sum. */
  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.elementwise(ROUNDINGS).withFloor(1);
  }

  /** Exponentials are as exact as the result is small; Σ g of so many terms. */
  @Override
  public Tolerance gradientTolerance(Sample<Integer> sample) {
    double terms = Math.sqrt((double) sample.input(0).shape().size());
    return Tolerance.elementwise(ROUNDINGS + Extent.range(sample.input(0))).withFloor(terms);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> LogSoftmax.apply(Tensor.ones(2, 3), -3),
            "logSoftmax: there is no axis -3",
            "input   [2, 3]"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> LogSoftmax.apply(Tensor.ones(3).to(DType.INT32), 0),
            "logSoftmax: not defined for int32",
            "to(DType.FLOAT32)"));
  }
}
