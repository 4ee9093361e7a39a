package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.op.Dropout;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Elements set to 0 at random; the parameter is the probability. */
public record DropoutSpec() implements OpSpec<Double> {
  /** What decides which elements are dropped. */
  public static final Philox PHILOX = new Philox(20_260_101, 7);

  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public Class<?> operation() {
    return Dropout.class;
  }

  @Override
  public List<Sample<Double>> samples(Draw draw) {
    return List.of(
        Sample.of("half of a vector", 0.5, draw.normal(33)),
        Sample.of("scalar", 0.25, draw.normal()),
        Sample.of("empty", 0.5, draw.normal(3, 0)),
        Sample.of("a quarter of a matrix", 0.25, draw.normal(7, 19)),
        Sample.of("three quarters of an image", 0.75, draw.normal(2, 5, 7, 3)),
        Sample.of("nothing", 0.0, draw.normal(17)),
        Sample.of("everything", 1.0, draw.normal(17)),
        Sample.of("special", 0.5, Draw.special()).notSmooth());
  }

  @Override
  public List<Sample<Double>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 0.5, draw.normal(3, 65, 31, 17)));
  }

  @Override
  public Tensor apply(Double parameters, List<Tensor> inputs) {
    return Dropout.apply(inputs.get(0), parameters, PHILOX);
  }

  @Override
  public Tolerance tolerance(Sample<Double> sample) {
    return Tolerance.elementwise(2);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no probability",
            IllegalArgumentException.class,
            () -> Dropout.apply(Tensor.ones(2, 3), 1.5, PHILOX),
            "dropout: not a probability",
            "input   float32[2, 3]",
            "0 ≤ probability ≤ 1, here 1.5"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Dropout.apply(Tensor.filled(DType.INT32, Shape.of(3), 1), 0.5, PHILOX),
            "dropout: not defined for int32"));
  }
}
