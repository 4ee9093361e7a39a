package dev.tempera.testkit.spec;

import dev.tempera.op.Where;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Choosing between two tensors. */
public record WhereSpec() implements OpSpec<NoParameters> {
  @Override
  public String name() {
    return "where";
  }

  @Override
  public Class<?> operation() {
    return Where.class;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    return List.of(
        sample(draw, "one", new int[] {1}, new int[] {1}, 1),
        sample(draw, "33", new int[] {33}, new int[] {33}, 33),
        sample(draw, "1025", new int[] {1025}, new int[] {1025}, 1025),
        sample(draw, "images", new int[] {2, 5, 4, 3}, new int[] {2, 5, 4, 3}, 2, 5, 4, 3),
        sample(draw, "scalar values", new int[] {5, 7}, new int[] {}),
        sample(draw, "stretched condition", new int[] {7}, new int[] {5, 7}, 5, 7),
        sample(draw, "all stretched", new int[] {3, 1, 1}, new int[] {1, 5, 1}, 1, 1, 7));
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    int[] shape = {5, 61, 257};
    return List.of(sample(draw, "large", shape, shape, shape));
  }

  private static Sample<NoParameters> sample(
      Draw draw, String name, int[] condition, int[] left, int... right) {
    return Sample.of(
        name, NoParameters.NONE, draw.bools(condition), draw.normal(left), draw.normal(right));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    return Where.apply(inputs.get(0), inputs.get(1), inputs.get(2));
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<NoParameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().size() * sample.input(1).shape().size());
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a condition of numbers",
            IllegalArgumentException.class,
            () -> Where.apply(Tensor.ones(2), Tensor.ones(2), Tensor.ones(2)),
            "where: the condition is not of bools",
            "float32[2]",
            "Compare"));
  }
}
