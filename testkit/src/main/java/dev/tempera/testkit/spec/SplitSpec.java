package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Concat;
import dev.tempera.op.Split;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/**
 * Parts of an axis; they are joined again in reverse order, so that each passes back its gradient.
 */
public record SplitSpec() implements OpSpec<SplitSpec.Parameters> {
  /**
   * How to cut.
   *
   * @param axis along which
   * @param chunks into so many equal parts; 0 to give the lengths
   * @param lengths of the parts otherwise
   */
  public record Parameters(int axis, int chunks, List<Integer> lengths) {}

  private static Parameters cut(int axis, Integer... lengths) {
    return new Parameters(axis, 0, List.of(lengths));
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public Class<?> operation() {
    return Split.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("two parts", cut(0, 5, 12), draw.normal(17)),
        Sample.of("one part", cut(0, 5), draw.normal(5, 7)),
        Sample.of("columns", cut(-1, 3, 0, 4), draw.normal(5, 7)),
        Sample.of("channels", cut(1, 1, 4), draw.normal(2, 5, 3, 4)),
        Sample.of("chunks", new Parameters(0, 3, List.of()), draw.normal(17, 3)),
        Sample.of("fewer chunks", new Parameters(1, 4, List.of()), draw.normal(3, 6)),
        Sample.of("chunks of nothing", new Parameters(0, 2, List.of()), draw.normal(0, 3)));
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", new Parameters(1, 3, List.of()), draw.normal(300, 301)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    int axis = parameters.axis();
    List<Tensor> parts =
        parameters.chunks() > 0
            ? Split.chunk(x, axis, parameters.chunks())
            : Split.apply(
                x, axis, parameters.lengths().stream().mapToInt(Integer::intValue).toArray());
    return Concat.apply(parts.reversed(), axis);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.elementwise(2);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "lengths that do not add up",
            ShapeException.class,
            () -> Split.apply(Tensor.ones(2, 5), 1, 2, 4).getFirst(),
            "split: the parts do not make up the axis",
            "input   [2, 5]",
            "lengths [2, 4] along axis 1",
            "add up to 5, here 6"),
        ErrorSample.of(
            "a negative length",
            ShapeException.class,
            () -> Split.apply(Tensor.ones(5), 0, 6, -1).getFirst(),
            "split: the parts do not make up the axis"),
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Split.apply(Tensor.ones(5), 1, 5).getFirst(),
            "split: there is no axis 1"),
        ErrorSample.of(
            "no chunks",
            IllegalArgumentException.class,
            () -> Split.chunk(Tensor.ones(5), 0, 0).getFirst(),
            "chunk: no parts",
            "count ≥ 1, here 0"));
  }
}
