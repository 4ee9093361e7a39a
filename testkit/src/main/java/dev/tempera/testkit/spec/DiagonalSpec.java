package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Diagonal;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Elements on a diagonal. */
public record DiagonalSpec() implements OpSpec<DiagonalSpec.Parameters> {
  /**
   * Which diagonal.
   *
   * @param offset column index − row index
   * @param row the one axis
   * @param column the other axis
   */
  public record Parameters(int offset, int row, int column) {}

  private static final Parameters MAIN = new Parameters(0, -2, -1);

  @Override
  public String name() {
    return "diagonal";
  }

  @Override
  public Class<?> operation() {
    return Diagonal.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("square", MAIN, draw.normal(7, 7)),
        Sample.of("wide", MAIN, draw.normal(5, 17)),
        Sample.of("tall", MAIN, draw.normal(17, 5)),
        Sample.of("stack", MAIN, draw.normal(2, 3, 5, 5)),
        Sample.of("above", new Parameters(2, 0, 1), draw.normal(5, 7)),
        Sample.of("below", new Parameters(-3, 0, 1), draw.normal(5, 7)),
        Sample.of("outer axes", new Parameters(0, 0, 2), draw.normal(5, 3, 4)),
        Sample.of("axes exchanged", new Parameters(1, 1, 0), draw.normal(5, 7)),
        Sample.of("beyond the matrix", new Parameters(9, 0, 1), draw.normal(5, 7)),
        Sample.of("empty", MAIN, draw.normal(0, 3)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", MAIN, draw.normal(30, 150, 151)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Diagonal.apply(
        inputs.get(0), parameters.offset(), parameters.row(), parameters.column());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "one axis twice",
            ShapeException.class,
            () -> Diagonal.apply(Tensor.ones(2, 3), 0, 1, -1),
            "diagonal: needs two axes, here twice 1"),
        ErrorSample.of(
            "a vector",
            ShapeException.class,
            () -> Diagonal.apply(Tensor.ones(3)),
            "diagonal: there is no axis -2",
            "input   [3]"));
  }
}
