package dev.tempera.testkit.spec;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Gram;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Gram matrices of feature maps. */
public record GramSpec() implements OpSpec<NoParameters> {
  @Override
  public String name() {
    return "gram";
  }

  @Override
  public Class<?> operation() {
    return Gram.class;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", NoParameters.NONE, draw.normal(1, 1, 1)),
        Sample.of("3 channels", NoParameters.NONE, draw.normal(1, 3, 7, 5)),
        Sample.of("17 channels", NoParameters.NONE, draw.normal(1, 17, 3, 11)),
        Sample.of("65 channels", NoParameters.NONE, draw.normal(1, 65, 5, 5)),
        Sample.of("two images", NoParameters.NONE, draw.normal(2, 5, 13, 3)),
        Sample.of("rows", NoParameters.NONE, draw.normal(2, 7, 100)),
        Sample.of("after a rectifier", NoParameters.NONE, draw.uniform(0, 2, 1, 16, 9, 9)));
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", NoParameters.NONE, draw.normal(1, 64, 97, 101)),
        Sample.of("large, channels", NoParameters.NONE, draw.normal(1, 260, 31, 33)));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    return Gram.apply(inputs.get(0));
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    Shape shape = sample.input(0).shape();
    return Tolerance.sumOf(shape.size() / shape.dim(0) / shape.dim(1));
  }

  @Override
  public Tolerance gradientTolerance(Sample<NoParameters> sample) {
    return Tolerance.sumOf(2L * sample.input(0).shape().dim(1));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "two axes",
            ShapeException.class,
            () -> Gram.apply(Tensor.ones(3, 4)),
            "gram: features need three or four axes",
            "[3, 4]",
            "(N, C, H, W) or (N, C, pixels)"));
  }

  @Override
  public long flops(Sample<NoParameters> sample) {
    return sample.input(0).shape().size() * (sample.input(0).shape().dim(1) + 1);
  }
}
