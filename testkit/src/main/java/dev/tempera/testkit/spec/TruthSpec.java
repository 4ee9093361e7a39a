package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Truth;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether any or all of some bools hold. */
public record TruthSpec() implements OpSpec<TruthSpec.Parameters> {
  /**
   * What is asked.
   *
   * @param all whether all have to hold
   * @param axes along which; all if none is named
   */
  public record Parameters(boolean all, List<Integer> axes) {}

  @Override
  public String name() {
    return "truth";
  }

  @Override
  public Class<?> operation() {
    return Truth.class;
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (boolean all : new boolean[] {true, false}) {
      String name = all ? "all" : "any";
      samples.add(sample(name + " of one", all, List.of(), draw.bools(1)));
      samples.add(sample(name + " of 1025", all, List.of(), draw.bools(1025)));
      samples.add(sample(name + " of trues", all, List.of(), Input.bools(filled(33, 1), 33)));
      samples.add(sample(name + " of falses", all, List.of(), Input.bools(filled(33, 0), 33)));
      samples.add(sample(name + " of rows", all, List.of(1), draw.bools(37, 3)));
      samples.add(sample(name + " of columns", all, List.of(0), draw.bools(3, 37)));
      samples.add(sample(name + " of images", all, List.of(-2, -1), draw.bools(5, 7, 2, 2)));
      samples.add(sample(name + " of none", all, List.of(1), draw.bools(3, 0)));
    }
    return samples;
  }

  private static double[] filled(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  private static Sample<Parameters> sample(
      String name, boolean all, List<Integer> axes, Input bools) {
    return Sample.of(name, new Parameters(all, axes), bools);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(sample("large", false, List.of(1), draw.bools(97, 1031)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    return parameters.all() ? Truth.all(inputs.get(0), axes) : Truth.any(inputs.get(0), axes);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "numbers",
            IllegalArgumentException.class,
            () -> Truth.any(Tensor.ones(2)),
            "any: the input is not of bools",
            "float32[2]"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Truth.all(CompareSpec.trues(3), 1),
            "all: there is no axis 1"));
  }
}
