package dev.tempera.testkit.spec;

import dev.tempera.backend.SortOrder;
import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Concat;
import dev.tempera.op.Sort;
import dev.tempera.op.ValuesAndIndices;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Sorting along an axis. The result is compared as values followed by places. */
public record SortSpec() implements OpSpec<SortSpec.Parameters> {
  /**
   * How to sort.
   *
   * @param axis along which
   * @param order that elements are brought in
   */
  public record Parameters(int axis, SortOrder order) {}

  @Override
  public String name() {
    return "sort";
  }

  @Override
  public Class<?> operation() {
    return Sort.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", ascending(0), draw.distinct(1)),
        Sample.of("17", ascending(0), draw.distinct(17)),
        Sample.of("131", descending(0), draw.distinct(131)),
        Sample.of("1025", ascending(-1), draw.distinct(1025)),
        Sample.of("rows", descending(1), draw.distinct(7, 33)),
        Sample.of("columns", ascending(0), draw.distinct(67, 7)),
        Sample.of("middle axis", descending(-2), draw.distinct(3, 17, 5)),
        Sample.of("channels", ascending(1), draw.distinct(2, 5, 7, 3)),
        Sample.of("no elements", ascending(1), draw.normal(3, 0)),
        Sample.of("ties", ascending(1), draw.withTies(5, 67)).notSmooth(),
        Sample.of("ties, descending", descending(1), draw.withTies(5, 67)).notSmooth(),
        Sample.of("special", ascending(0), Draw.special()).notSmooth(),
        Sample.of("special, descending", descending(0), Draw.special()).notSmooth(),
        Sample.of("all pairs of special", descending(0), Draw.specialRight()).notSmooth());
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", ascending(1), draw.normal(97, 1031)),
        Sample.of("large, columns", descending(0), draw.withTies(1031, 97)));
  }

  private static Parameters ascending(int axis) {
    return new Parameters(axis, SortOrder.ASCENDING);
  }

  private static Parameters descending(int axis) {
    return new Parameters(axis, SortOrder.DESCENDING);
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return joined(
        Sort.apply(inputs.get(0), parameters.axis(), parameters.order()), parameters.axis());
  }

  /** Values and then places along an axis, as one tensor. */
  static Tensor joined(ValuesAndIndices ranked, int axis) {
    Tensor values = ranked.values();
    return Concat.apply(List.of(values, ranked.indices().to(values.dtype())), axis);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Sort.apply(Tensor.ones(2, 3), 2, SortOrder.ASCENDING).values(),
            "sort: there is no axis 2",
            "input   [2, 3]"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Sort.apply(Tensor.ones(3).to(DType.INT32), 0, SortOrder.DESCENDING).values(),
            "sort: not defined for int32"));
  }
}
