package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.AdaptiveAvgPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Average pooling to a size. */
public record AdaptiveAvgPool2dSpec() implements OpSpec<AdaptiveAvgPool2dSpec.Parameters> {
  /**
   * The size.
   *
   * @param height H′
   * @param width W′
   */
  public record Parameters(int height, int width) {}

  @Override
  public String name() {
    return "adaptiveAvgPool2d";
  }

  @Override
  public Class<?> operation() {
    return AdaptiveAvgPool2d.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("to one pixel", new Parameters(1, 1), draw.normal(2, 3, 5, 7)),
        Sample.of("even", new Parameters(2, 3), draw.normal(1, 17, 4, 9)),
        Sample.of("uneven", new Parameters(3, 4), draw.normal(1, 3, 7, 9)),
        Sample.of("overlapping", new Parameters(4, 5), draw.normal(2, 5, 6, 7)),
        Sample.of("the same size", new Parameters(4, 3), draw.normal(1, 2, 4, 3)),
        Sample.of("larger", new Parameters(5, 7), draw.normal(1, 3, 2, 3)),
        Sample.of("no image", new Parameters(2, 2), draw.normal(0, 3, 4, 4)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(7, 9), draw.normal(1, 64, 61, 67)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return AdaptiveAvgPool2d.apply(inputs.get(0), parameters.height(), parameters.width());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no pixels",
            ShapeException.class,
            () -> AdaptiveAvgPool2d.apply(Tensor.ones(1, 3, 4, 4), 0, 2),
            "adaptiveAvgPool2d: needs an image and a size of at least one pixel",
            "[1, 3, 4, 4]  (N, C, H, W)",
            "target  0 × 2"),
        ErrorSample.of(
            "an image without pixels",
            ShapeException.class,
            () -> AdaptiveAvgPool2d.apply(Tensor.ones(1, 3, 0, 4), 1, 1),
            "adaptiveAvgPool2d: needs an image"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> AdaptiveAvgPool2d.apply(Tensor.ones(3, 4, 4), 1, 1),
            "adaptiveAvgPool2d: needs an image"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () ->
                AdaptiveAvgPool2d.apply(Tensor.filled(DType.INT32, Shape.of(1, 1, 2, 2), 1), 1, 1),
            "adaptiveAvgPool2d: not defined for int32"));
  }
}
