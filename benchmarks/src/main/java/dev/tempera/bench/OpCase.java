package dev.tempera.bench;

import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.Guarded;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.Layout;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.spec.Specs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation with the operands of its first large sample, float32 on the current backend.
 *
 * @param <P> the type of the operation's parameters
 */
final class OpCase<P> implements AutoCloseable {
  private final OpSpec<P> spec;
  private final Sample<P> sample;
  private final List<Tensor> operands = new ArrayList<>();
  private final List<Tensor> leaves = new ArrayList<>();
  private final @Nullable Tensor seed;

  private OpCase(OpSpec<P> spec) {
    this.spec = spec;
    this.sample = spec.largeSamples(Draw.forName(spec.name())).getFirst();
    for (Input input : sample.inputs()) {
      Tensor operand = place(input);
      operands.add(operand);
      boolean tracked = spec.isDifferentiable() && input.isFloating();
      leaves.add(tracked ? operand.track() : operand);
    }
    this.seed = spec.isDifferentiable() ? seed() : null;
  }

  /**
   * The operation of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static OpCase<?> named(String name) {
    for (OpSpec<?> spec : Specs.all()) {
      if (spec.name().equals(name)) {
        return new OpCase<>(spec);
      }
    }
    throw new IllegalArgumentException("no operation is named " + name);
  }

  private static Tensor place(Input input) {
    return Guarded.place(Backends.current(), input, DType.FLOAT32, Layout.DENSE).tensor();
  }

  private Tensor seed() {
    try (TensorScope scope = TensorScope.open("seed")) {
      Tensor value = spec.apply(sample.parameters(), operands);
      Tensor numbers = place(Draw.forName("seed").normal(value.shape().toArray()));
      return scope.release(numbers.dtype() == value.dtype() ? numbers : numbers.to(value.dtype()));
    }
  }

  /** Computes the value. */
  void forward() {
    try (TensorScope _ = TensorScope.open(spec.name())) {
      spec.apply(sample.parameters(), operands);
    }
  }

  /** Computes the value and, if there are any, the gradients with respect to all operands. */
  void forwardAndBackward() {
    try (TensorScope _ = TensorScope.open(spec.name())) {
      Tensor value = spec.apply(sample.parameters(), leaves);
      if (seed != null) {
        value.backward(seed, BackwardMode.CONSUME);
      }
    }
  }

  @Override
  public void close() {
    leaves.forEach(Tensor::close);
    operands.forEach(Tensor::close);
    if (seed != null) {
      seed.close();
    }
  }
}
