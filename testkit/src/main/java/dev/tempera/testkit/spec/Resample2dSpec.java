package dev.tempera.testkit.spec;

import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Resample2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Linear maps along both image axes. */
public record Resample2dSpec() implements OpSpec<Resample2dSpec.Parameters> {
  /** 3 to 4 elements: an empty row, a single entry, all entries, and a repeated source. */
  private static final AxisWeights FOUR_FROM_THREE =
      AxisWeights.of(
          3,
          new int[] {0, 0, 1, 4, 6},
          new int[] {2, 0, 1, 2, 0, 1},
          new double[] {1, 0.25, 0.5, 0.25, -2, 3});

  /**
   * The maps.
   *
   * @param rows along the height
   * @param columns along the width
   */
  public record Parameters(AxisWeights rows, AxisWeights columns) {}

  @Override
  public String name() {
    return "resample2d";
  }

  @Override
  public Class<?> operation() {
    return Resample2d.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    AxisWeights back = FOUR_FROM_THREE.transposed();
    return List.of(
        Sample.of("up", new Parameters(FOUR_FROM_THREE, FOUR_FROM_THREE), draw.normal(1, 5, 3, 3)),
        Sample.of("down", new Parameters(back, back), draw.normal(1, 17, 4, 4)),
        Sample.of("mixed", new Parameters(FOUR_FROM_THREE, back), draw.normal(2, 3, 3, 4)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    AxisWeights rows = AxisWeights.padding(61, 5, 3, PaddingMode.REFLECT);
    AxisWeights columns = AxisWeights.padding(47, 2, 7, PaddingMode.REPLICATE);
    return List.of(Sample.of("large", new Parameters(rows, columns), draw.normal(2, 33, 61, 47)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Resample2d.apply(inputs.get(0), parameters.rows(), parameters.columns());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.sumOf(9).times(2);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "maps of another size",
            ShapeException.class,
            () -> Resample2d.apply(Tensor.ones(1, 1, 3, 5), FOUR_FROM_THREE, FOUR_FROM_THREE),
            "resample2d: the maps do not fit the image",
            "[1, 1, 3, 5]  (N, C, H, W)",
            "here 3 and 3"));
  }
}
