package dev.tempera.testkit.spec;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Maximum of windows. */
public record MaxPool2dSpec() implements OpSpec<Pool2dParams> {
  private static final Pool2dParams TWO = Pool2dParams.of(2);

  @Override
  public String name() {
    return "maxPool2d";
  }

  @Override
  public Class<?> operation() {
    return MaxPool2d.class;
  }

  @Override
  public List<Sample<Pool2dParams>> samples(Draw draw) {
    return List.of(
        Sample.of("one window", TWO, draw.distinct(1, 1, 2, 2)),
        Sample.of("no image", TWO, draw.distinct(0, 3, 4, 4)),
        Sample.of("3 channels", TWO, draw.distinct(1, 3, 7, 9)),
        Sample.of("17 channels", TWO, draw.distinct(1, 17, 6, 5)),
        Sample.of("64 channels", TWO, draw.distinct(2, 64, 4, 4)),
        Sample.of("ceil mode", TWO.withCeilMode(true), draw.distinct(1, 5, 7, 9)),
        Sample.of("one pixel in ceil mode", TWO.withCeilMode(true), draw.distinct(1, 5, 1, 1)),
        Sample.of("overlapping", Pool2dParams.of(3).withStride(2), draw.distinct(1, 5, 9, 8)),
        Sample.of(
            "overlapping, padded",
            Pool2dParams.of(3).withStride(1).withPadding(1),
            draw.distinct(2, 3, 7, 5)),
        Sample.of(
            "padded, ceil mode",
            Pool2dParams.of(3).withStride(2).withPadding(1).withCeilMode(true),
            draw.distinct(1, 16, 8, 6)),
        Sample.of("gaps", TWO.withStride(3), draw.distinct(1, 3, 8, 9)),
        Sample.of(
            "uneven", new Pool2dParams(3, 2, 1, 3, 1, 0, false, true), draw.distinct(1, 3, 7, 8)),
        Sample.of("large windows", Pool2dParams.of(17), draw.distinct(1, 2, 17, 34)),
        Sample.of("ties", TWO, draw.withTies(1, 5, 8, 6)).notSmooth(),
        Sample.of("special", TWO, special()).notSmooth());
  }

  /** Windows with NaN first and last, with nothing but −∞, and with both zeros. */
  private static Input special() {
    double nan = Double.NaN;
    double low = Double.NEGATIVE_INFINITY;
    double[] values = {nan, 1, 2, 3, low, low, -0.0, 0.0, 5, nan, nan, nan, low, low, 0.0, -0.0};
    return Input.of(values, 1, 1, 2, 8);
  }

  @Override
  public List<Sample<Pool2dParams>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", TWO, draw.normal(1, 64, 61, 67)),
        Sample.of(
            "large, overlapping",
            Pool2dParams.of(3).withStride(2).withPadding(1),
            draw.withTies(2, 33, 41, 43)));
  }

  @Override
  public Tensor apply(Pool2dParams parameters, List<Tensor> inputs) {
    return MaxPool2d.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Pool2dParams> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Pool2dParams> sample) {
    return Tolerance.sumOf(9);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no window fits",
            ShapeException.class,
            () -> MaxPool2d.apply(Tensor.ones(1, 3, 1, 5), TWO),
            "maxPool2d: no window fits",
            "kernel ≤ length + 2 × padding",
            "ceil mode"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> MaxPool2d.apply(Tensor.ones(3, 4, 4), TWO),
            "maxPool2d: input needs four axes"),
        ErrorSample.of(
            "padding beyond half the kernel",
            ShapeException.class,
            () -> MaxPool2d.apply(Tensor.ones(1, 3, 4, 4), TWO.withPadding(2)),
            "maxPool2d: padding is at most half the kernel"),
        ErrorSample.of(
            "stride 0",
            ShapeException.class,
            () -> MaxPool2d.apply(Tensor.ones(1, 3, 4, 4), TWO.withStride(0)),
            "maxPool2d: kernel and stride are at least 1"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> MaxPool2d.apply(Tensor.filled(DType.INT32, Shape.of(1, 1, 2, 2), 1), TWO),
            "maxPool2d: not defined for int32"));
  }
}
