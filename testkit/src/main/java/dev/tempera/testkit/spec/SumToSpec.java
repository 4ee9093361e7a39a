package dev.tempera.testkit.spec;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.SumTo;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Undoing a broadcast; the parameter is the shape before it. */
public record SumToSpec() implements OpSpec<Shape> {
  @Override
  public String name() {
    return "sumTo";
  }

  @Override
  public Class<?> operation() {
    return SumTo.class;
  }

  @Override
  public List<Sample<Shape>> samples(Draw draw) {
    return List.of(
        Sample.of("same", Shape.of(3, 5), draw.normal(3, 5)),
        Sample.of("scalar", Shape.scalar(), draw.normal(7, 33)),
        Sample.of("row", Shape.of(33), draw.normal(7, 33)),
        Sample.of("column", Shape.of(7, 1), draw.normal(7, 33)),
        Sample.of("channels", Shape.of(5, 1, 1), draw.normal(2, 5, 7, 3)),
        Sample.of("ones in front", Shape.of(3), draw.normal(1, 1, 3)));
  }

  @Override
  public List<Sample<Shape>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", Shape.of(61, 1, 1), draw.normal(3, 61, 33, 47)));
  }

  @Override
  public Tensor apply(Shape parameters, List<Tensor> inputs) {
    return SumTo.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Shape> sample) {
    long terms = sample.input(0).shape().size();
    return Tolerance.sumOf(terms).withFloor(Math.sqrt((double) terms));
  }

  @Override
  public Tolerance gradientTolerance(Sample<Shape> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a shape that does not broadcast",
            ShapeException.class,
            () -> SumTo.apply(Tensor.ones(2, 3), Shape.of(2)),
            "sumTo: the tensor is no broadcast of this shape",
            "input   [2, 3]",
            "shape   [2]"),
        ErrorSample.of(
            "a shape with more axes",
            ShapeException.class,
            () -> SumTo.apply(Tensor.ones(3), Shape.of(1, 3)),
            "sumTo: the tensor is no broadcast of this shape"));
  }
}
