package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.MaskedFill;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** One number in the place of chosen elements, which is the parameter. */
public record MaskedFillSpec() implements OpSpec<Double> {
  @Override
  public String name() {
    return "maskedFill";
  }

  @Override
  public Class<?> operation() {
    return MaskedFill.class;
  }

  @Override
  public List<Sample<Double>> samples(Draw draw) {
    return List.of(
        Sample.of("one", 2.0, draw.normal(1), draw.bools(1)),
        Sample.of("1025", -1.5, draw.normal(1025), draw.bools(1025)),
        Sample.of("infinity", Double.NEGATIVE_INFINITY, draw.normal(5, 7), draw.bools(5, 7))
            .notSmooth(),
        Sample.of("rows", 0.0, draw.normal(5, 33), draw.bools(5, 1)),
        Sample.of("images", 3.0, draw.normal(2, 5, 4, 3), draw.bools(4, 3)),
        Sample.of("empty", 1.0, draw.normal(3, 0), draw.bools(3, 0)));
  }

  @Override
  public List<Sample<Double>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 0.5, draw.normal(5, 61, 257), draw.bools(5, 61, 257)));
  }

  @Override
  public Tensor apply(Double value, List<Tensor> inputs) {
    return MaskedFill.apply(inputs.get(0), inputs.get(1), value);
  }

  @Override
  public Tolerance tolerance(Sample<Double> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a mask of numbers",
            IllegalArgumentException.class,
            () -> MaskedFill.apply(Tensor.ones(2), Tensor.ones(2), 0),
            "maskedFill: the mask is not of bools",
            "float32[2]"),
        ErrorSample.of(
            "a larger mask",
            ShapeException.class,
            () -> MaskedFill.apply(Tensor.ones(2), CompareSpec.trues(3, 2), 0),
            "maskedFill: the mask is larger than the input",
            "mask    [3, 2]"));
  }
}
