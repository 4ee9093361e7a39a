package dev.tempera.testkit.spec;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Matmul;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Matrix products. */
public record MatmulSpec() implements OpSpec<NoParameters> {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 17, 1},
    {3, 1, 5},
    {7, 13, 5},
    {6, 16, 64},
    {13, 64, 65},
    {15, 31, 33},
    {16, 16, 16},
    {17, 100, 3},
    {5, 257, 19},
    {33, 7, 129}
  };

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Class<?> operation() {
    return Matmul.class;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    List<Sample<NoParameters>> samples = new ArrayList<>();
    for (int[] size : SIZES) {
      String name = size[0] + " × " + size[1] + " × " + size[2];
      samples.add(sample(draw, name, new int[] {size[0], size[1]}, size[1], size[2]));
    }
    samples.add(sample(draw, "stack", new int[] {3, 5, 7}, 3, 7, 9));
    samples.add(sample(draw, "stretched left", new int[] {5, 7}, 3, 7, 9));
    samples.add(sample(draw, "stretched right", new int[] {3, 5, 7}, 7, 9));
    samples.add(sample(draw, "both stretched", new int[] {2, 1, 3, 5}, 1, 4, 5, 7));
    samples.add(sample(draw, "nothing to add", new int[] {3, 0}, 0, 5));
    return samples;
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    return List.of(
        sample(draw, "large", new int[] {131, 517}, 517, 259),
        sample(draw, "large, long sums", new int[] {64, 9001}, 9001, 64),
        sample(draw, "large, stack", new int[] {9, 65, 64}, 9, 64, 67));
  }

  private static Sample<NoParameters> sample(Draw draw, String name, int[] left, int... right) {
    return Sample.of(name, NoParameters.NONE, draw.normal(left), draw.normal(right));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    return Matmul.apply(inputs.get(0), inputs.get(1));
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    return Tolerance.sumOf(sample.input(0).shape().dim(-1)).withFloor(1);
  }

  @Override
  public Tolerance gradientTolerance(Sample<NoParameters> sample) {
    Shape left = sample.input(0).shape();
    Shape right = sample.input(1).shape();
    return Tolerance.sumOf(4L * (left.dim(-2) + right.dim(-1))).withFloor(1);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "inner lengths differ",
            ShapeException.class,
            () -> Matmul.apply(Tensor.ones(2, 3), Tensor.ones(4, 5)),
            "matmul: the matrices do not fit",
            "left    float32[2, 3]  (…, M, K)",
            "right   float32[4, 5]  (…, K, N)",
            "transpose()"),
        ErrorSample.of(
            "a vector",
            ShapeException.class,
            () -> Matmul.apply(Tensor.ones(3), Tensor.ones(3, 2)),
            "matmul: the matrices do not fit"),
        ErrorSample.of(
            "stacks that do not broadcast",
            ShapeException.class,
            () -> Matmul.apply(Tensor.ones(2, 3, 3), Tensor.ones(4, 3, 3)),
            "matmul: shapes do not broadcast",
            "axis -1 has 2 and 4"));
  }

  @Override
  public long flops(Sample<NoParameters> sample) {
    return 2 * sample.input(0).shape().size() * sample.input(1).shape().dim(-1);
  }
}
