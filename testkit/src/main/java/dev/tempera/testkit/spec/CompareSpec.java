package dev.tempera.testkit.spec;

import dev.tempera.backend.CompareOp;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Compare;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/**
 * One elementwise comparison of two tensors.
 *
 * @param op which
 */
public record CompareSpec(CompareOp op) implements OpSpec<NoParameters> {
  @Override
  public String name() {
    return "compare " + op.name();
  }

  @Override
  public Class<?> operation() {
    return Compare.class;
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    return List.of(
        sample(draw, "one", new int[] {1}, 1),
        sample(draw, "empty", new int[] {0}, 0),
        sample(draw, "15", new int[] {15}, 15),
        sample(draw, "17", new int[] {17}, 17),
        sample(draw, "1025", new int[] {1025}, 1025),
        sample(draw, "images", new int[] {2, 5, 7, 3}, 2, 5, 7, 3),
        sample(draw, "scalar right", new int[] {5, 17}),
        sample(draw, "outer", new int[] {7, 1}, 1, 13),
        Sample.of("special", NoParameters.NONE, Draw.specialLeft(), Draw.specialRight()));
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    return List.of(sample(draw, "large", new int[] {5, 61, 257}, 5, 61, 257));
  }

  private static Sample<NoParameters> sample(Draw draw, String name, int[] left, int... right) {
    return Sample.of(name, NoParameters.NONE, draw.withTies(left), draw.withTies(right));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    return Compare.apply(op, inputs.get(0), inputs.get(1));
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "shapes that do not broadcast",
            ShapeException.class,
            () -> Compare.apply(op, Tensor.ones(3), Tensor.ones(2)),
            "shapes do not broadcast",
            "axis -1 has 3 and 2"));
  }

  /** Bools that all hold. */
  static Tensor trues(int... shape) {
    return Compare.apply(CompareOp.EQUAL, Tensor.ones(shape), Tensor.ones(shape));
  }
}
