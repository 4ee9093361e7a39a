package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.Tile;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Tensors repeated as a whole; the parameters are how often. */
public record TileSpec() implements OpSpec<List<Integer>> {
  @Override
  public String name() {
    return "tile";
  }

  @Override
  public Class<?> operation() {
    return Tile.class;
  }

  @Override
  public List<Sample<List<Integer>>> samples(Draw draw) {
    return List.of(
        Sample.of("vector", List.of(3), draw.normal(7)),
        Sample.of("matrix", List.of(2, 3), draw.normal(5, 3)),
        Sample.of("more axes", List.of(2, 1, 3), draw.normal(5)),
        Sample.of("scalar", List.of(4), draw.normal()),
        Sample.of("once", List.of(1, 1), draw.normal(5, 3)),
        Sample.of("never", List.of(0, 2), draw.normal(5, 3)));
  }

  @Override
  public List<Sample<List<Integer>>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", List.of(3, 2), draw.normal(150, 151)));
  }

  @Override
  public Tensor apply(List<Integer> parameters, List<Tensor> inputs) {
    return Tile.apply(inputs.get(0), parameters.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public Tolerance tolerance(Sample<List<Integer>> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public Tolerance gradientTolerance(Sample<List<Integer>> sample) {
    return Tolerance.sumOf(repeats(sample));
  }

  private static long repeats(Sample<List<Integer>> sample) {
    return sample.parameters().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "fewer repeats than axes",
            ShapeException.class,
            () -> Tile.apply(Tensor.ones(2, 3), 2),
            "tile: the repeats do not fit",
            "input   [2, 3]",
            "repeats [2]",
            "at least 2"),
        ErrorSample.of(
            "a negative number",
            ShapeException.class,
            () -> Tile.apply(Tensor.ones(3), -1),
            "tile: the repeats do not fit"));
  }
}
