package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.AdaptiveMaxPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Maximum pooling to a size. */
public record AdaptiveMaxPool2dSpec() implements OpSpec<AdaptiveMaxPool2dSpec.Parameters> {
  /**
   * The size.
   *
   * @param height H′
   * @param width W′
   */
  public record Parameters(int height, int width) {}

  @Override
  public String name() {
    return "adaptiveMaxPool2d";
  }

  @Override
  public Class<?> operation() {
    return AdaptiveMaxPool2d.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("to one pixel", new Parameters(1, 1), draw.distinct(2, 3, 5, 7)),
        Sample.of("even", new Parameters(2, 3), draw.distinct(1, 17, 4, 9)),
        Sample.of("uneven", new Parameters(3, 4), draw.distinct(1, 3, 7, 9)),
        Sample.of("overlapping", new Parameters(4, 5), draw.distinct(2, 5, 6, 7)),
        Sample.of("the same size", new Parameters(4, 3), draw.distinct(1, 2, 4, 3)),
        Sample.of("larger", new Parameters(5, 7), draw.distinct(1, 3, 2, 3)),
        Sample.of("ties", new Parameters(3, 2), draw.withTies(1, 3, 7, 5)).notSmooth(),
        Sample.of("ties of all", new Parameters(1, 1), draw.withTies(1, 5, 4, 6)).notSmooth(),
        Sample.of("special", new Parameters(1, 3), special()).notSmooth(),
        Sample.of("no image", new Parameters(2, 2), draw.distinct(0, 3, 4, 4)));
  }

  /** Windows with NaN, with nothing but −∞, and with both zeros. */
  private static Input special() {
    double low = Double.NEGATIVE_INFINITY;
    double[] values = {Double.NaN, 1, low, low, -0.0, -0.0, 2, Double.NaN, low, low, 0.0, -0.0};
    return Input.of(values, 1, 1, 2, 6);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(7, 9), draw.normal(1, 64, 61, 67)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return AdaptiveMaxPool2d.apply(inputs.get(0), parameters.height(), parameters.width());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(9);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no pixels",
            ShapeException.class,
            () -> AdaptiveMaxPool2d.apply(Tensor.ones(1, 3, 4, 4), 0, 2),
            "adaptiveMaxPool2d: needs an image and a size of at least one pixel",
            "[1, 3, 4, 4]  (N, C, H, W)",
            "target  0 × 2"),
        ErrorSample.of(
            "an image without pixels",
            ShapeException.class,
            () -> AdaptiveMaxPool2d.apply(Tensor.ones(1, 3, 0, 4), 1, 1),
            "adaptiveMaxPool2d: needs an image"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> AdaptiveMaxPool2d.apply(Tensor.ones(3, 4, 4), 1, 1),
            "adaptiveMaxPool2d: needs an image"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () ->
                AdaptiveMaxPool2d.apply(Tensor.filled(DType.INT32, Shape.of(1, 1, 2, 2), 1), 1, 1),
            "adaptiveMaxPool2d: not defined for int32"));
  }
}
