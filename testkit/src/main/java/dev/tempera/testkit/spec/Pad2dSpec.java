package dev.tempera.testkit.spec;

import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Pad2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Padding of images. */
public record Pad2dSpec() implements OpSpec<Padding> {
  @Override
  public String name() {
    return "pad2d";
  }

  @Override
  public Class<?> operation() {
    return Pad2d.class;
  }

  @Override
  public List<Sample<Padding>> samples(Draw draw) {
    List<Sample<Padding>> samples = new ArrayList<>();
    for (PaddingMode mode : PaddingMode.values()) {
      Padding uneven = new Padding(1, 2, 3, 0, mode);
      samples.add(Sample.of(mode + " 1", Padding.of(1, mode), draw.normal(1, 3, 5, 7)));
      samples.add(Sample.of(mode + " uneven", uneven, draw.normal(2, 5, 4, 6)));
      samples.add(Sample.of(mode + " 17 channels", Padding.of(2, mode), draw.normal(1, 17, 4, 3)));
      samples.add(
          Sample.of(mode + " as far as can be", Padding.of(2, mode), draw.normal(1, 2, 3, 3)));
      samples.add(Sample.of(mode + " none", Padding.of(0, mode), draw.normal(1, 2, 3, 3)));
    }
    return samples;
  }

  @Override
  public List<Sample<Padding>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", Padding.of(1, PaddingMode.REFLECT), draw.normal(1, 33, 51, 57)));
  }

  @Override
  public Tensor apply(Padding parameters, List<Tensor> inputs) {
    return Pad2d.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Padding> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Padding> sample) {
    return Tolerance.sumOf(9);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "reflection beyond the edge",
            ShapeException.class,
            () -> Pad2d.apply(Tensor.ones(1, 1, 3, 5), Padding.of(3, PaddingMode.REFLECT)),
            "pad2d: reflection reaches beyond the opposite edge",
            "[1, 1, 3, 5]  (N, C, H, W)",
            "use replicate padding"),
        ErrorSample.of(
            "more than once round",
            ShapeException.class,
            () -> Pad2d.apply(Tensor.ones(1, 1, 3, 5), Padding.of(4, PaddingMode.CIRCULAR)),
            "pad2d: circular padding reaches round the image more than once",
            "top, bottom ≤ H"),
        ErrorSample.of(
            "negative padding",
            ShapeException.class,
            () -> Pad2d.apply(Tensor.ones(1, 1, 3, 5), Padding.zero(-1)),
            "pad2d: negative padding"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> Pad2d.apply(Tensor.ones(1, 3, 5), Padding.zero(1)),
            "pad2d: input needs four axes"),
        ErrorSample.of(
            "no edge to repeat",
            ShapeException.class,
            () -> Pad2d.apply(Tensor.ones(1, 1, 0, 5), Padding.of(1, PaddingMode.REPLICATE)),
            "pad2d: an image without pixels has no edge"));
  }
}
