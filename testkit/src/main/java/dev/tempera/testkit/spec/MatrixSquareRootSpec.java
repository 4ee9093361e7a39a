package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.MatrixSquareRoot;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/**
 * Square roots of X·Xᵀ/K + least·I, where X is the operand and the parameter the least eigenvalue.
 */
public record MatrixSquareRootSpec() implements OpSpec<Double> {
  @Override
  public String name() {
    return "matrixSquareRoot";
  }

  @Override
  public Class<?> operation() {
    return MatrixSquareRoot.class;
  }

  @Override
  public List<Sample<Double>> samples(Draw draw) {
    return List.of(
        Sample.of("one number", 1.0, draw.normal(1, 1)),
        Sample.of("two by two", 1.0, draw.normal(2, 2)),
        Sample.of("7 × 7", 1.0, draw.normal(7, 7)),
        Sample.of("17 × 17", 0.5, draw.normal(17, 29)),
        Sample.of("stack", 1.0, draw.normal(2, 3, 5, 5)),
        Sample.of("low rank and a little", 0.125, draw.normal(6, 2)),
        Sample.of("no matrices", 1.0, draw.normal(0, 3, 3)));
  }

  @Override
  public List<Sample<Double>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 0.5, draw.normal(2, 129, 257)));
  }

  @Override
  public Tensor apply(Double parameters, List<Tensor> inputs) {
    return MatrixSquareRoot.apply(PositiveMatrices.of(inputs.get(0), parameters));
  }

  /** A root's error grows with the inverse of the least eigenvalue, in every product of a step. */
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
            () -> MatrixSquareRoot.apply(Tensor.ones(2, 3)),
            "matrixSquareRoot: needs square matrices",
            "input   [2, 3]",
            "(…, N, N)"),
        ErrorSample.of(
            "a vector",
            ShapeException.class,
            () -> MatrixSquareRoot.apply(Tensor.ones(3)),
            "matrixSquareRoot: needs square matrices"),
        ErrorSample.of(
            "a negative eigenvalue",
            ArithmeticException.class,
            () -> MatrixSquareRoot.apply(Tensor.of(new float[] {1, 0, 0, -0.25f}, 2, 2)),
            "matrixSquareRoot: no square root was found",
            "input   float32[2, 2], matrix 0 of 1",
            "no eigenvalue below 0",
            "add a small multiple of the identity"),
        ErrorSample.of(
            "NaN",
            ArithmeticException.class,
            () ->
                MatrixSquareRoot.apply(
                    Tensor.filled(DType.FLOAT32, Tensor.eye(2).shape(), Double.NaN)),
            "all elements finite"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> MatrixSquareRoot.apply(Tensor.ones(DType.INT32, 2, 2)),
            "matrixSquareRoot: not defined for int32"));
  }

  @Override
  public long flops(Sample<Double> sample) {
    long size = sample.input(0).shape().dim(-2);
    long matrices = sample.input(0).shape().size() / (size * sample.input(0).shape().dim(-1));
    // Four products a step, about twelve steps.
    return 4 * 12 * 2 * matrices * size * size * size;
  }
}
