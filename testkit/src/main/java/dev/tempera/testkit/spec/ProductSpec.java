package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Product;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Products over axes. */
public record ProductSpec() implements OpSpec<ProductSpec.Parameters> {
  /**
   * Which of them.
   *
   * @param keepsAxes whether reduced axes keep length 1
   * @param axes that are reduced, all if empty
   */
  public record Parameters(boolean keepsAxes, List<Integer> axes) {}

  @Override
  public String name() {
    return "product";
  }

  @Override
  public Class<?> operation() {
    return Product.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    return List.of(
        Sample.of("one", over(), draw.normal(1)),
        Sample.of("scalar", over(), draw.normal()),
        Sample.of("17", over(), draw.uniform(0.5, 1.8, 17)),
        Sample.of("1025", over(), draw.uniform(0.98, 1.02, 1025)),
        Sample.of("rows", over(1), draw.uniform(0.5, 1.8, 7, 33)),
        Sample.of("columns", over(0), draw.uniform(0.5, 1.8, 33, 7)),
        Sample.of("middle axis", over(1), draw.normal(3, 5, 17)),
        Sample.of("outer axes", over(0, -1), draw.normal(3, 5, 2)),
        Sample.of("pixels", over(2, 3), draw.uniform(0.5, 1.8, 2, 5, 3, 5)),
        Sample.of("axis of length 1", over(1), draw.normal(3, 1, 5)),
        Sample.of("kept", new Parameters(true, List.of(0, 2)), draw.normal(3, 5, 2)),
        Sample.of("zeros", over(1), zeros()),
        Sample.of("nothing to multiply", over(1), draw.normal(3, 0)),
        Sample.of("special", over(1), special()).notSmooth());
  }

  /** Rows with one, two and three zeros. */
  private static Input zeros() {
    double[] values = {2, 0, 3, 0.5, -1, 0, 3, 0, 2, -1, 0, 0, 2, 0, 3};
    return Input.of(values, 3, 5);
  }

  private static Input special() {
    double infinity = Double.POSITIVE_INFINITY;
    double[] values = {1, Double.NaN, 2, infinity, 0, 3, -infinity, -2, 5};
    return Input.of(values, 3, 3);
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    return List.of(
        Sample.of("large", over(1), draw.uniform(0.9, 1.1, 1031, 127)),
        Sample.of("large, columns", over(0), draw.uniform(0.9, 1.1, 127, 1031)));
  }

  private static Parameters over(Integer... axes) {
    return new Parameters(false, List.of(axes));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    int[] axes = parameters.axes().stream().mapToInt(Integer::intValue).toArray();
    return parameters.keepsAxes()
        ? Product.keepingAxes(inputs.get(0), axes)
        : Product.apply(inputs.get(0), axes);
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    return Tolerance.elementwise(Math.sqrt(4.0 * sample.input(0).shape().size() + 4));
  }

  /** Differentiated twice, products of differing signs are added up. */
  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    long terms = sample.input(0).shape().size();
    return Tolerance.sumOf(terms).times(Math.sqrt((double) terms + 1));
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "no such axis",
            ShapeException.class,
            () -> Product.apply(Tensor.ones(2, 3), 2),
            "product: there is no axis 2",
            "input   [2, 3]"),
        ErrorSample.of(
            "an axis twice",
            ShapeException.class,
            () -> Product.keepingAxes(Tensor.ones(2, 3), 0, -2),
            "product: axis 0 is named twice"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> Product.apply(Tensor.ones(3).to(DType.INT32)),
            "product: not defined for int32"));
  }
}
