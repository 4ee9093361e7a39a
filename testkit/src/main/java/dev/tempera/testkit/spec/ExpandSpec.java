package dev.tempera.testkit.spec;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Expand;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Stretched axes; the parameter is the target shape. */
public record ExpandSpec() implements OpSpec<Shape> {
  @Override
  public String name() {
    return "expand";
  }

  @Override
  public Class<?> operation() {
    return Expand.class;
  }

  @Override
  public List<Sample<Shape>> samples(Draw draw) {
    return List.of(
        Sample.of("same", Shape.of(3), draw.normal(3)),
        Sample.of("scalar", Shape.of(5, 7), draw.normal()),
        Sample.of("row", Shape.of(5, 17), draw.normal(17)),
        Sample.of("column", Shape.of(5, 17), draw.normal(5, 1)),
        Sample.of("channels", Shape.of(2, 5, 3, 4), draw.normal(5, 1, 1)));
  }

  @Override
  public List<Sample<Shape>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", Shape.of(61, 33, 130), draw.normal(61, 1, 130)));
  }

  @Override
  public Tensor apply(Shape parameters, List<Tensor> inputs) {
    return Expand.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Shape> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Shape> sample) {
    long terms = sample.parameters().size() / sample.input(0).shape().size();
    return Tolerance.sumOf(terms).withFloor(Math.sqrt((double) terms));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a length that does not stretch",
            ShapeException.class,
            () -> Expand.apply(Tensor.ones(2, 3), Shape.of(4, 3)),
            "expand: [2, 3] does not stretch to [4, 3]"),
        ErrorSample.of(
            "fewer axes",
            ShapeException.class,
            () -> Expand.apply(Tensor.ones(2, 3), Shape.of(3)),
            "expand: [2, 3] has more axes than [3]"));
  }
}
