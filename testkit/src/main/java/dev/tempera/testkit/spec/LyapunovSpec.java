package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Lyapunov;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/**
 * Solutions of Lyapunov equations with S = A·Aᵀ/K + least·I and G: the operands are A and G, the
 * parameter is the least eigenvalue.
 */
public record LyapunovSpec() implements OpSpec<Double> {
  @Override
  public String name() {
    return "lyapunov";
  }

  @Override
  public Class<?> operation() {
    return Lyapunov.class;
  }

  @Override
  public List<Sample<Double>> samples(Draw draw) {
    return List.of(
        Sample.of("one number", 1.0, draw.normal(1, 1), draw.normal(1, 1)),
        Sample.of("two by two", 1.0, draw.normal(2, 2), draw.normal(2, 2)),
        Sample.of("7 × 7", 1.0, draw.normal(7, 7), draw.normal(7, 7)),
        Sample.of("17 × 17", 0.5, draw.normal(17, 29), draw.normal(17, 17)),
        Sample.of("stack", 1.0, draw.normal(2, 3, 5, 5), draw.normal(2, 3, 5, 5)),
        Sample.of("no matrices", 1.0, draw.normal(0, 3, 3), draw.normal(0, 3, 3)));
  }

  @Override
  public List<Sample<Double>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 0.5, draw.normal(2, 129, 257), draw.normal(2, 129, 129)));
  }

  @Override
  public Tensor apply(Double parameters, List<Tensor> inputs) {
    return Lyapunov.apply(PositiveMatrices.of(inputs.get(0), parameters), inputs.get(1));
  }

  /** A solution's error grows with the inverse of the least eigenvalue. */
  @Override
  public Tolerance tolerance(Sample<Double> sample) {
    int size = sample.input(0).shape().dim(-2);
    return Tolerance.sumOf(size).times(8 / sample.parameters()).withFloor(1);
  }

  @Override
  public Tolerance gradientTolerance(Sample<Double> sample) {
    return tolerance(sample).times(8 / sample.parameters());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "not square",
            ShapeException.class,
            () -> Lyapunov.apply(Tensor.ones(2, 3), Tensor.ones(2, 3)),
            "lyapunov: needs square matrices",
            "S       [2, 3]"),
        ErrorSample.of(
            "another shape",
            ShapeException.class,
            () -> Lyapunov.apply(Tensor.eye(3), Tensor.ones(3, 2)),
            "lyapunov: the matrices differ",
            "S       float32[3, 3]",
            "G       float32[3, 2]"),
        ErrorSample.of(
            "another type",
            ShapeException.class,
            () -> Lyapunov.apply(Tensor.eye(3), Tensor.ones(DType.FLOAT64, 3, 3)),
            "one type and one shape for both"));
  }

  @Override
  public long flops(Sample<Double> sample) {
    long size = sample.input(1).shape().dim(-1);
    // Eight products a step, about twelve steps.
    return 8 * 12 * 2 * sample.input(1).shape().size() * size;
  }
}
