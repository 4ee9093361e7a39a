package dev.tempera.testkit.spec;

import dev.tempera.backend.BinaryOp;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Binary;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/**
 * One elementwise function of two tensors, broadcast.
 *
 * @param op which
 */
public record BinarySpec(BinaryOp op) implements OpSpec<NoParameters> {
  private static final int[] LENGTHS = {1, 3, 7, 13, 16, 17, 31, 33, 100, 1025};

  @Override
  public String name() {
    return "binary " + op.name();
  }

  @Override
  public Class<?> operation() {
    return Binary.class;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    List<Sample<NoParameters>> samples = new ArrayList<>();
    for (int length : LENGTHS) {
      samples.add(sample(draw, "length " + length, new int[] {length}, length));
    }
    samples.add(sample(draw, "scalars", new int[] {}));
    samples.add(sample(draw, "images", new int[] {2, 5, 7, 3}, 2, 5, 7, 3));
    samples.add(sample(draw, "scalar right", new int[] {3, 17}));
    samples.add(sample(draw, "scalar left", new int[] {}, 3, 17));
    samples.add(sample(draw, "row right", new int[] {5, 17}, 17));
    samples.add(sample(draw, "column left", new int[] {5, 1}, 5, 17));
    samples.add(sample(draw, "outer", new int[] {7, 1}, 1, 13));
    samples.add(sample(draw, "channels", new int[] {2, 5, 4, 3}, 5, 1, 1));
    samples.add(sample(draw, "both stretched", new int[] {2, 1, 4, 1}, 1, 3, 1, 5));
    samples.add(sample(draw, "empty", new int[] {3, 0}, 3, 1));
    samples.add(sample(draw, "six axes", new int[] {2, 3, 1, 2, 1, 5}, 3, 4, 1, 3, 1));
    samples.add(
        Sample.of("ties", NoParameters.NONE, draw.withTies(100), draw.withTies(100)).notSmooth());
    samples.add(
        Sample.of("special", NoParameters.NONE, Draw.specialLeft(), Draw.specialRight())
            .notSmooth());
    return samples;
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    return List.of(
        sample(draw, "large", new int[] {3, 5, 61, 257}, 3, 5, 61, 257),
        sample(draw, "large, channels", new int[] {3, 5, 61, 257}, 5, 1, 1));
  }

  private Sample<NoParameters> sample(Draw draw, String name, int[] left, int... right) {
    return Sample.of(
        name, NoParameters.NONE, draw.within(op.domain(), left), draw.within(op.domain(), right));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    return Binary.apply(op, inputs.get(0), inputs.get(1));
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    return switch (op) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM -> Tolerance.EXACT;
      case POWER -> Tolerance.elementwise(16);
    };
  }

  @Override
  public Tolerance gradientTolerance(Sample<NoParameters> sample) {
    long stretched = sample.input(0).shape().size() + sample.input(1).shape().size();
    return Tolerance.sumOf(stretched).times(4);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "shapes that do not broadcast",
            ShapeException.class,
            () -> Binary.apply(op, Tensor.ones(2, 3), Tensor.ones(4, 3)),
            "shapes do not broadcast",
            "left    [2, 3]",
            "right   [4, 3]",
            "axis -2 has 2 and 4"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () -> Binary.apply(op, Tensor.ones(2), Tensor.of(new double[] {1, 2}, 2)),
            "operands have different element types",
            "left    float32[2]",
            "right   float64[2]",
            "to(float32)"));
  }
}
