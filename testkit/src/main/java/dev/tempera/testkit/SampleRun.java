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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a sample on a backend, forward and backward, with its operands in guarded memory; checks
 * that no operand changed and that all memory came back. The gradient that is passed back is drawn
 * from the sample's name, so it is the same for every run.
 *
 * @param <P> the type of the sample's parameters
 */
public final class SampleRun<P> {
  private final OpSpec<P> spec;
  private final Sample<P> sample;
  private final Backend backend;
  private final Layout[] layouts;
  private final boolean[] tracked;
  private DType dtype = DType.FLOAT32;
  private boolean frozen;
  private boolean aliased;
  private boolean twice;
  private boolean meeting;
  private boolean closedCopies;
  private @Nullable Input seed;

  private SampleRun(OpSpec<P> spec, Sample<P> sample, Backend backend) {
    this.spec = spec;
    this.sample = sample;
    this.backend = backend;
    int count = sample.inputs().size();
    layouts = new Layout[count];
    Arrays.fill(layouts, Layout.DENSE);
    tracked = new boolean[count];
    for (int i = 0; i < count; i++) {
      tracked[i] = spec.isDifferentiable() && sample.input(i).isFloating();
    }
  }

  /** A run in float32, dense operands, with all gradients there are. */
  public static <P> SampleRun<P> of(OpSpec<P> spec, Sample<P> sample, Backend backend) {
    return new SampleRun<>(spec, sample, backend);
  }

  /** The gradient that runs pass back for a result of this shape. */
  public static <P> Input seed(Sample<P> sample, Shape shape) {
    return Draw.forName("seed of " + sample.name()).normal(shape.toArray());
  }

  /** Runs real numbers in another type. */
  public SampleRun<P> in(DType real) {
    dtype = real;
    return this;
  }

  /** Places one operand in another layout. */
  public SampleRun<P> laid(int input, Layout layout) {
    layouts[input] = layout;
    return this;
  }

  /** Asks for the gradient of one operand only. */
  public SampleRun<P> trackingOnly(int input) {
    for (int i = 0; i < tracked.length; i++) {
      tracked[i] &= i == input;
    }
    return this;
  }

  /** Freezes the operands whose gradient is not asked for. */
  public SampleRun<P> frozen() {
    frozen = true;
    return this;
  }

  /** Passes the first operand in the place of all others. */
  public SampleRun<P> aliased() {
    aliased = true;
    return this;
  }

  /**
   * Applies the operation twice to the same operands and adds the results, so that two gradients
   * meet at each operand.
   */
  public SampleRun<P> meeting() {
    meeting = true;
    return this;
  }

  /**
   * Applies the operation to copies of the operands that are closed before gradients are computed,
   * so that only the record holds what it keeps.
   */
  public SampleRun<P> ofClosedCopies() {
    closedCopies = true;
    return this;
  }

  /** Passes back another gradient than the drawn one. */
  public SampleRun<P> passingBack(Input gradient) {
    seed = gradient;
    return this;
  }

  /**
   * Differentiates twice: asks for the gradients, with respect to the operands and to the gradient
   * passed back, of the inner product of the first gradients with random directions. The gradient
   * with respect to what was passed back comes last.
   */
  public SampleRun<P> twice() {
    twice = true;
    return this;
  }

  /**
   * Runs.
   *
   * @throws AssertionError if an operand was written to, or memory was not given back
   */
  public Results run() {
    long storages = backend.memory().storages();
    Results results;
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open(spec.name())) {
      results = inScope();
    }
    long left = backend.memory().storages() - storages;
    if (left != 0) {
      throw new AssertionError(spec.name() + ": " + left + " storages were not given back");
    }
    return results;
  }

  private Results inScope() {
    List<Guarded> guards = new ArrayList<>();
    List<Tensor> operands = new ArrayList<>();
    for (int i = 0; i < tracked.length; i++) {
      if (aliased && i > 0) {
        operands.add(operands.get(0));
        continue;
      }
      Guarded guarded = Guarded.place(backend, sample.input(i), dtype, layouts[i]);
      guards.add(guarded);
      Tensor operand = guarded.tensor();
      if (frozen && !tracked[i]) {
        operand.freeze();
      }
      operands.add(tracked[i] ? operand.track() : operand);
    }
    Tensor y = result(operands);
    Numbers value = Numbers.of(y);
    requireRecordedAsAsked(y);
    List<@Nullable Numbers> gradients =
        !y.isTracked() ? List.of() : twice ? secondOrder(y, operands) : firstOrder(y, operands);
    for (int i = 0; i < guards.size(); i++) {
      guards.get(i).requireUntouched(spec.name() + " input " + i);
    }
    return new Results(value, gradients);
  }

  private Tensor result(List<Tensor> operands) {
    if (closedCopies) {
      try (TensorScope scope = TensorScope.open("copies")) {
        List<Tensor> copies = operands.stream().map(SampleRun::copied).toList();
        return scope.keep(spec.apply(sample.parameters(), copies));
      }
    }
    Tensor y = spec.apply(sample.parameters(), operands);
    return meeting ? y.add(spec.apply(sample.parameters(), operands)) : y;
  }

  private static Tensor copied(Tensor operand) {
    return operand.isTracked() ? operand.multiply(1) : operand;
  }

  private void requireRecordedAsAsked(Tensor y) {
    boolean asked = false;
    for (boolean any : tracked) {
      asked |= any;
    }
    if (y.isTracked() != asked) {
      throw new AssertionError(
          spec.name() + (asked ? ": no gradient was recorded" : ": a gradient was recorded"));
    }
  }

  private List<@Nullable Numbers> firstOrder(Tensor y, List<Tensor> operands) {
    Gradients gradients = y.backward(seedOf(y), BackwardMode.CONSUME);
    for (int i = 0; i < tracked.length; i++) {
      if (tracked[i] && !gradients.has(operands.get(i))) {
        throw new AssertionError(spec.name() + ": no gradient of input " + i);
      }
    }
    return read(gradients, operands);
  }

  private List<@Nullable Numbers> secondOrder(Tensor y, List<Tensor> operands) {
    Tensor seed = seedOf(y).track();
    Gradients first = y.backward(seed, BackwardMode.DIFFERENTIABLE);
    Draw draw = Draw.forName("direction of " + sample.name());
    Tensor sum = Tensor.filled(dtype, Shape.scalar(), 0);
    for (Tensor operand : operands) {
      if (first.has(operand)) {
        Tensor gradient = first.of(operand);
        Input direction = draw.normal(gradient.shape().toArray());
        Tensor along = Guarded.place(backend, direction, gradient.dtype(), Layout.DENSE).tensor();
        sum = sum.add(gradient.multiply(along).to(dtype).sum());
      }
    }
    List<Tensor> leaves = new ArrayList<>(operands);
    leaves.add(seed);
    return sum.isTracked() ? read(sum.backward(), leaves) : List.of();
  }

  private Tensor seedOf(Tensor y) {
    Input gradient = seed == null ? seed(sample, y.shape()) : seed;
    return Guarded.place(backend, gradient, y.dtype(), Layout.DENSE).tensor();
  }

  private static List<@Nullable Numbers> read(Gradients gradients, List<Tensor> leaves) {
    @Nullable Numbers[] result = new Numbers[leaves.size()];
    for (int i = 0; i < result.length; i++) {
      if (gradients.has(leaves.get(i))) {
        result[i] = Numbers.of(gradients.of(leaves.get(i)));
      }
    }
    return Arrays.asList(result);
  }
}
