package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares gradients with central differences along one random direction of all operands at once,
 * in double. Of the second order too: the gradients, as functions of the operands and of the
 * gradient passed back, are differentiated once more.
 *
 * @param <P> the type of the sample's parameters
 */
public final class GradCheck<P> {
  /** A kink between the two probes of one step lies outside of those of a smaller one. */
  private static final double[] STEPS = {1e-5, 1e-6, 1e-7};

  private static final double TOLERANCE = 1e-6;

  private final OpSpec<P> spec;
  private final Sample<P> sample;
  private final Backend backend;
  private final Draw draw;

  private GradCheck(OpSpec<P> spec, Sample<P> sample, Backend backend) {
    this.spec = spec;
    this.sample = sample;
    this.backend = backend;
    this.draw = Draw.forName("direction of " + sample.name());
  }

  /** A check of one sample on a backend that computes in float64. */
  public static <P> GradCheck<P> of(OpSpec<P> spec, Sample<P> sample, Backend backend) {
    return new GradCheck<>(spec, sample, backend);
  }

  /** A scalar as a function of a point, and its gradient. */
  private interface Function {
    /** The value at a point; tracked if the points are. */
    Tensor at(List<Tensor> point);
  }

  /**
   * Checks ⟨c, f⟩ for a random c.
   *
   * @throws AssertionError if the gradient disagrees with finite differences
   */
  public void firstOrder() {
    inScope(
        () -> {
          Tensor weights = constant(draw.normal(resultShape().toArray()).values(), resultShape());
          check("gradient", operands(), point -> inner(apply(point), weights));
        });
  }

  /**
   * Checks Σ ⟨uᵢ, ∂⟨c, f⟩/∂xᵢ⟩ for random uᵢ, as a function of x and c.
   *
   * @throws AssertionError if the gradient of the gradient disagrees with finite differences
   */
  public void secondOrder() {
    inScope(
        () -> {
          List<Input> point = new ArrayList<>(operands());
          int last = point.size();
          List<Tensor> directions =
              point.stream().map(x -> constant(directionOf(x), x.shape())).toList();
          point.add(draw.normal(resultShape().toArray()));
          check(
              "gradient of the gradient",
              point,
              at -> {
                List<Tensor> x = at.subList(0, last).stream().map(GradCheck::tracked).toList();
                Gradients first = apply(x).backward(at.get(last), BackwardMode.DIFFERENTIABLE);
                Tensor sum = Tensor.filled(DType.FLOAT64, Shape.scalar(), 0);
                for (int i = 0; i < last; i++) {
                  sum = sum.add(inner(first.of(x.get(i)), directions.get(i)));
                }
                return sum;
              });
        });
  }

  private static Tensor tracked(Tensor x) {
    return x.isTracked() ? x : x.track();
  }

  private void inScope(Runnable check) {
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open(spec.name())) {
      check.run();
    }
  }

  private void check(String what, List<Input> point, Function function) {
    List<double[]> direction = point.stream().map(this::directionOf).toList();
    Slope reverse = slope(point, direction, function);
    double difference = 0;
    for (double step : STEPS) {
      double ahead = valueAt(point, direction, step, function);
      double behind = valueAt(point, direction, -step, function);
      difference = (ahead - behind) / (2 * step);
      if (Math.abs(difference - reverse.value) <= TOLERANCE * reverse.scale) {
        return;
      }
    }
    throw new AssertionError(
        spec.name()
            + " "
            + sample.name()
            + ": the "
            + what
            + " disagrees with finite differences"
            + "\n  differences "
            + difference
            + "\n  gradient    "
            + reverse.value
            + "\n  operands    "
            + point.stream().map(x -> x.shape().toString()).collect(Collectors.joining(", ")));
  }

  /**
   * A slope along a direction.
   *
   * @param value the inner product of gradient and direction
   * @param scale the size of what was added up, and of the function's value
   */
  private record Slope(double value, double scale) {}

  private Slope slope(List<Input> point, List<double[]> direction, Function function) {
    double sum = 0;
    double squares = 0;
    List<Tensor> leaves = tensors(point, direction, 0).stream().map(Tensor::track).toList();
    Tensor value = function.at(leaves);
    if (value.isTracked()) {
      Gradients gradients = value.backward();
      for (int i = 0; i < leaves.size(); i++) {
        if (gradients.has(leaves.get(i))) {
          double[] gradient = gradients.of(leaves.get(i)).toDoubles();
          for (int j = 0; j < gradient.length; j++) {
            double term = gradient[j] * direction.get(i)[j];
            sum += term;
            squares += term * term;
          }
        }
      }
    }
    return new Slope(sum, Math.max(Math.sqrt(squares), Math.abs(value.item())));
  }

  private double valueAt(
      List<Input> point, List<double[]> direction, double step, Function function) {
    try (TensorScope _ = TensorScope.open("probe")) {
      return function.at(tensors(point, direction, step)).item();
    }
  }

  private static List<Tensor> tensors(List<Input> point, List<double[]> direction, double step) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      double[] values = point.get(i).values();
      for (int j = 0; j < values.length; j++) {
        values[j] += step * direction.get(i)[j];
      }
      tensors.add(constant(values, point.get(i).shape()));
    }
    return tensors;
  }

  /** The operands that a gradient is asked for. */
  private List<Input> operands() {
    return sample.inputs().stream().filter(Input::isFloating).toList();
  }

  /** Runs the operation with the operands that a gradient is asked for, and the others. */
  private Tensor apply(List<Tensor> real) {
    List<Tensor> all = new ArrayList<>();
    int next = 0;
    for (Input input : sample.inputs()) {
      all.add(
          input.isFloating()
              ? real.get(next++)
              : Guarded.place(backend, input, DType.FLOAT64, Layout.DENSE).tensor());
    }
    return spec.apply(sample.parameters(), all);
  }

  private Shape resultShape() {
    try (TensorScope _ = TensorScope.open("shape")) {
      Stream<Tensor> operands = operands().stream().map(x -> constant(x.values(), x.shape()));
      return apply(operands.toList()).shape();
    }
  }

  private double[] directionOf(Input x) {
    return draw.normal(x.shape().toArray()).values();
  }

  private static Tensor constant(double[] values, Shape shape) {
    return Tensor.of(values, shape.toArray());
  }

  private static Tensor inner(Tensor a, Tensor b) {
    return a.multiply(b).sum();
  }
}
