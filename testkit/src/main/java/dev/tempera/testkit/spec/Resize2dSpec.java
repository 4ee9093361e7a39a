package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Interpolation;
import dev.tempera.op.Resize2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Scaling of images. */
public record Resize2dSpec() implements OpSpec<Resize2dSpec.Parameters> {
  private static final int[][] SIZES = {
    {5, 7, 5, 7},
    {5, 7, 10, 14},
    {8, 6, 4, 3},
    {9, 7, 4, 5},
    {5, 6, 13, 17},
    {1, 1, 3, 5},
    {17, 33, 3, 4},
    {7, 5, 1, 1},
    {4, 9, 9, 4}
  };

  /**
   * The new size and the way to get there.
   *
   * @param target what height and width are
   * @param height H′, or H′/H
   * @param width W′, or W′/W
   * @param interpolation how values between pixels are found
   * @param antialias whether shrinking averages
   */
  public record Parameters(
      Target target, double height, double width, Interpolation interpolation, boolean antialias) {
    /** A size whose edges lie on the image's. */
    public static Parameters ofSize(
        int height, int width, Interpolation interpolation, boolean antialias) {
      return new Parameters(Target.SIZE, height, width, interpolation, antialias);
    }
  }

  /** The ways to say how large the result is, and where its pixels lie. */
  public enum Target {
    /** A size; edges meet. */
    SIZE,
    /** A size; centres of corner pixels meet. */
    ALIGNED_SIZE,
    /** Factors. */
    SCALE
  }

  @Override
  public String name() {
    return "resize2d";
  }

  @Override
  public Class<?> operation() {
    return Resize2d.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (Interpolation interpolation : Interpolation.values()) {
      for (int[] s : SIZES) {
        Parameters plain = Parameters.ofSize(s[2], s[3], interpolation, false);
        samples.add(Sample.of(nameOf(plain, s), plain, draw.normal(1, 3, s[0], s[1])));
        Parameters smooth = Parameters.ofSize(s[2], s[3], interpolation, true);
        samples.add(Sample.of(nameOf(smooth, s), smooth, draw.normal(1, 2, s[0], s[1])));
        Parameters aligned = new Parameters(Target.ALIGNED_SIZE, s[2], s[3], interpolation, false);
        samples.add(
            Sample.of("aligned " + nameOf(aligned, s), aligned, draw.normal(1, 3, s[0], s[1])));
      }
      for (double scale : new double[] {0.4, 1, 1.7, 3}) {
        Parameters plain = new Parameters(Target.SCALE, scale, 2 * scale, interpolation, false);
        samples.add(Sample.of(interpolation + " by " + scale, plain, draw.normal(1, 3, 5, 7)));
        Parameters smooth = new Parameters(Target.SCALE, scale, 2 * scale, interpolation, true);
        samples.add(
            Sample.of(interpolation + " antialiased by " + scale, smooth, draw.normal(1, 2, 9, 6)));
      }
    }
    return samples;
  }

  private static String nameOf(Parameters parameters, int[] size) {
    return parameters.interpolation()
        + (parameters.antialias() ? " antialiased " : " ")
        + size[0]
        + " × "
        + size[1]
        + " to "
        + size[2]
        + " × "
        + size[3];
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of(
            "large",
            Parameters.ofSize(97, 55, Interpolation.BICUBIC, true),
            draw.normal(1, 3, 131, 113)),
        Sample.of(
            "large, channels",
            Parameters.ofSize(67, 71, Interpolation.BILINEAR, false),
            draw.normal(1, 33, 41, 37)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    double height = parameters.height();
    double width = parameters.width();
    Interpolation interpolation = parameters.interpolation();
    return switch (parameters.target()) {
      case SIZE ->
          Resize2d.apply(x, (int) height, (int) width, interpolation, parameters.antialias());
      case ALIGNED_SIZE -> Resize2d.applyAlignCorners(x, (int) height, (int) width, interpolation);
      case SCALE -> Resize2d.applyScale(x, height, width, interpolation, parameters.antialias());
    };
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(16).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no pixels",
            ShapeException.class,
            () -> Resize2d.apply(Tensor.ones(1, 1, 3, 5), 0, 4, Interpolation.NEAREST, false),
            "resize2d: needs an image and a size of at least one pixel",
            "target  0 × 4"),
        ErrorSample.of(
            "no pixels to align",
            ShapeException.class,
            () -> Resize2d.applyAlignCorners(Tensor.ones(1, 1, 0, 5), 2, 4, Interpolation.BILINEAR),
            "resize2d: needs an image and a size of at least one pixel"),
        ErrorSample.of(
            "a factor that leaves nothing",
            ShapeException.class,
            () ->
                Resize2d.applyScale(Tensor.ones(1, 1, 3, 5), 0.3, 1, Interpolation.BILINEAR, false),
            "resize2d: needs an image and factors that leave a pixel",
            "scale   0.3 × 1.0"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> Resize2d.apply(Tensor.ones(1, 3, 5), 2, 4, Interpolation.BILINEAR, false),
            "resize2d: needs an image"));
  }
}
