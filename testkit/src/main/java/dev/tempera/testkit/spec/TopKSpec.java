package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.TopK;
import dev.tempera.op.ValuesAndIndices;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** The first of sorted elements. The result is compared as values followed by places. */
public record TopKSpec() implements OpSpec<TopKSpec.Parameters> {
  /**
   * Which of them.
   *
   * @param k how many
   * @param axis along which
   * @param areLargest whether the largest, else the smallest
   */
  public record Parameters(int k, int axis, boolean areLargest) {}

  @Override
  public String name() {
    return "topK";
  }

  @Override
  public Class<?> operation() {
    return TopK.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", largest(1, 0), draw.distinct(1)),
        Sample.of("5 of 17", largest(5, 0), draw.distinct(17)),
        Sample.of("all", smallest(17, 0), draw.distinct(17)),
        Sample.of("3 of 1025", smallest(3, -1), draw.distinct(1025)),
        Sample.of("100 of 1025", largest(100, -1), draw.distinct(1025)),
        Sample.of("rows", largest(4, 1), draw.distinct(7, 33)),
        Sample.of("columns", smallest(2, 0), draw.distinct(33, 7)),
        Sample.of("middle axis", largest(6, -2), draw.distinct(3, 17, 5)),
        Sample.of("none", largest(0, 1), draw.normal(3, 5)),
        Sample.of("ties", largest(7, 1), draw.withTies(5, 67)).notSmooth(),
        Sample.of("ties, half", smallest(33, 1), draw.withTies(5, 67)).notSmooth(),
        Sample.of("special", largest(8, 0), Draw.special()).notSmooth(),
        Sample.of("pairs of special", smallest(40, 0), Draw.specialRight()).notSmooth());
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", largest(5, 1), draw.normal(97, 1031)),
        Sample.of("large, half", smallest(515, 1), draw.normal(97, 1031)));
  }

  private static Parameters largest(int k, int axis) {
    return new Parameters(k, axis, true);
  }

  private static Parameters smallest(int k, int axis) {
    return new Parameters(k, axis, false);
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    ValuesAndIndices ranked =
        parameters.areLargest()
            ? TopK.largest(inputs.get(0), parameters.k(), parameters.axis())
            : TopK.smallest(inputs.get(0), parameters.k(), parameters.axis());
    return SortSpec.joined(ranked, parameters.axis());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "more than there are",
            ShapeException.class,
            () -> TopK.largest(Tensor.ones(2, 3), 4, 1).values(),
            "topK: there are no 4 elements along axis 1",
            "input   [2, 3]",
            "0 ≤ k ≤ 3"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> TopK.smallest(Tensor.ones(2, 3), 1, 2).values(),
            "topK: there is no axis 2"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> TopK.largest(Tensor.ones(3).to(DType.INT32), 1, 0).values(),
            "topK: not defined for int32"));
  }
}
