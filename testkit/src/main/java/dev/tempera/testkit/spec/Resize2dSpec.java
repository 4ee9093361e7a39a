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
   * @param height H′
   * @param width W′
   * @param interpolation how values between pixels are found
   * @param antialias whether shrinking averages
   */
  public record Parameters(int height, int width, Interpolation interpolation, boolean antialias) {}

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
        Parameters plain = new Parameters(s[2], s[3], interpolation, false);
        samples.add(Sample.of(nameOf(plain, s), plain, draw.normal(1, 3, s[0], s[1])));
        Parameters smooth = new Parameters(s[2], s[3], interpolation, true);
        samples.add(Sample.of(nameOf(smooth, s), smooth, draw.normal(1, 2, s[0], s[1])));
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
            new Parameters(97, 55, Interpolation.BICUBIC, true),
            draw.normal(1, 3, 131, 113)),
        Sample.of(
            "large, channels",
            new Parameters(67, 71, Interpolation.BILINEAR, false),
            draw.normal(1, 33, 41, 37)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Resize2d.apply(
        inputs.get(0),
        parameters.height(),
        parameters.width(),
        parameters.interpolation(),
        parameters.antialias());
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
            "three axes",
            ShapeException.class,
            () -> Resize2d.apply(Tensor.ones(1, 3, 5), 2, 4, Interpolation.BILINEAR, false),
            "resize2d: needs an image"));
  }
}
