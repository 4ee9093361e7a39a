package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Convert;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** The same values in another floating type and memory order, with a gradient. */
public record ConvertSpec() implements OpSpec<ConvertSpec.Parameters> {
  /**
   * What to convert to.
   *
   * @param dtype a type that is computed in
   * @param order of a four-axis result
   */
  public record Parameters(DType dtype, MemoryOrder order) {}

  @Override
  public String name() {
    return "convert";
  }

  @Override
  public Class<?> operation() {
    return Convert.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (MemoryOrder order : MemoryOrder.values()) {
        Parameters parameters = new Parameters(dtype, order);
        Input image = draw.normal(2, 5, 7, 3);
        samples.add(smoothInDouble(Sample.of(dtype + " " + order, parameters, image)));
        Input channels = draw.normal(1, 33, 4, 5);
        samples.add(smoothInDouble(Sample.of(dtype + " " + order + ", 33", parameters, channels)));
      }
    }
    return samples;
  }

  /** Finite differences are taken in double; rounding them to float32 is a staircase. */
  private static Sample<Parameters> smoothInDouble(Sample<Parameters> sample) {
    return sample.parameters().dtype() == DType.FLOAT64 ? sample : sample.notSmooth();
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    Parameters toPixels = new Parameters(DType.FLOAT32, MemoryOrder.CHANNELS_LAST);
    return List.of(Sample.of("large", toPixels, draw.normal(1, 65, 41, 47)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return Convert.contiguous(Convert.apply(inputs.get(0), parameters.dtype()), parameters.order());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "channels-last without four axes",
            ShapeException.class,
            () -> Convert.contiguous(Tensor.ones(2, 3), MemoryOrder.CHANNELS_LAST),
            "convert: channels-last order needs four axes",
            "input   [2, 3]"));
  }
}
