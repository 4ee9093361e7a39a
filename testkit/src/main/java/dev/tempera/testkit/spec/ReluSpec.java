package dev.tempera.testkit.spec;

import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.op.Relu;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** The rectifier with its bit mask. */
public record ReluSpec() implements OpSpec<NoParameters> {
  @Override
  public String name() {
    return "relu";
  }

  @Override
  public Class<?> operation() {
    return Relu.class;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    List<Sample<NoParameters>> samples = new ArrayList<>();
    for (int length : new int[] {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100, 1025}) {
      samples.add(
          Sample.of(
              "length " + length, NoParameters.NONE, draw.within(UnaryOp.RELU.domain(), length)));
    }
    samples.add(
        Sample.of("image", NoParameters.NONE, draw.within(UnaryOp.RELU.domain(), 2, 5, 7, 3)));
    samples.add(
        Sample.of("vectors", NoParameters.NONE, draw.within(UnaryOp.RELU.domain(), 1, 32, 3, 3)));
    samples.add(Sample.of("empty", NoParameters.NONE, draw.normal(0)));
    samples.add(Sample.of("special", NoParameters.NONE, Draw.special()).notSmooth());
    return samples;
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", NoParameters.NONE, draw.normal(3, 5, 61, 257)),
        Sample.of("large, odd", NoParameters.NONE, draw.normal(100_003)));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    return Relu.apply(inputs.get(0));
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Relu.apply(Tensor.filled(DType.INT32, Shape.of(2), 1)),
            "relu: not defined for int32",
            "float32 or float64"));
  }
}
