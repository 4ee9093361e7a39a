package dev.tempera.testkit.spec;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.ShapeException;
import dev.tempera.op.AvgPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Average of windows. */
public record AvgPool2dSpec() implements OpSpec<Pool2dParams> {
  private static final Pool2dParams TWO = Pool2dParams.of(2);
  private static final Pool2dParams PADDED = Pool2dParams.of(3).withStride(2).withPadding(1);

  @Override
  public String name() {
    return "avgPool2d";
  }

  @Override
  public Class<?> operation() {
    return AvgPool2d.class;
  }

  @Override
  public List<Sample<Pool2dParams>> samples(Draw draw) {
    return List.of(
        Sample.of("one window", TWO, draw.normal(1, 1, 2, 2)),
        Sample.of("no image", TWO, draw.normal(0, 3, 4, 4)),
        Sample.of("3 channels", TWO, draw.normal(1, 3, 7, 9)),
        Sample.of("17 channels", TWO, draw.normal(1, 17, 6, 5)),
        Sample.of("64 channels", TWO, draw.normal(2, 64, 4, 4)),
        Sample.of("ceil mode", TWO.withCeilMode(true), draw.normal(1, 5, 7, 9)),
        Sample.of(
            "ceil mode, padding not counted",
            TWO.withCeilMode(true).withCountPadding(false),
            draw.normal(1, 5, 7, 9)),
        Sample.of("padded", PADDED, draw.normal(1, 5, 8, 7)),
        Sample.of("padding not counted", PADDED.withCountPadding(false), draw.normal(1, 5, 8, 7)),
        Sample.of("padded, ceil mode", PADDED.withCeilMode(true), draw.normal(2, 16, 8, 6)),
        Sample.of(
            "padded, ceil mode, padding not counted",
            PADDED.withCeilMode(true).withCountPadding(false),
            draw.normal(1, 3, 8, 6)),
        Sample.of("overlapping", Pool2dParams.of(3).withStride(1), draw.normal(1, 3, 7, 5)),
        Sample.of("gaps", TWO.withStride(3), draw.normal(1, 3, 8, 9)),
        Sample.of(
            "uneven", new Pool2dParams(3, 2, 1, 3, 1, 0, false, true), draw.normal(1, 3, 7, 8)));
  }

  @Override
  public List<Sample<Pool2dParams>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", TWO, draw.normal(1, 64, 61, 67)),
        Sample.of("large, overlapping", PADDED, draw.normal(2, 33, 41, 43)));
  }

  @Override
  public Tensor apply(Pool2dParams parameters, List<Tensor> inputs) {
    return AvgPool2d.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Pool2dParams> sample) {
    return Tolerance.sumOf((long) sample.parameters().kernelY() * sample.parameters().kernelX());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no window fits",
            ShapeException.class,
            () -> AvgPool2d.apply(Tensor.ones(1, 3, 5, 1), TWO),
            "avgPool2d: no window fits"),
        ErrorSample.of(
            "negative padding",
            ShapeException.class,
            () -> AvgPool2d.apply(Tensor.ones(1, 3, 5, 5), TWO.withPadding(-1)),
            "avgPool2d: padding is at most half the kernel"));
  }
}
