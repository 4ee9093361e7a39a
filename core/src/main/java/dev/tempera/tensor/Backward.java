package dev.tempera.tensor;

import dev.tempera.autograd.Arithmetic;
import dev.tempera.autograd.Node;
import dev.tempera.autograd.Walk;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the backward walk over tensors: one scope for the walk, one for each rule. */
final class Backward {
  private static final Arithmetic<Tensor> ARITHMETIC =
      new Arithmetic<>() {
        @Override
        public Tensor add(Tensor a, Tensor b) {
          return a.add(b);
        }

        @Override
        public void release(Tensor value) {
          value.close();
        }

        @Override
        public Tensor inScope(String op, Supplier<Tensor> work) {
          try (TensorScope scope = TensorScope.open(op)) {
            Tensor result = work.get();
            return scope.keep(result.scope() == scope ? result : managedAlias(result));
          }
        }
      };

  private Backward() {}

  /** A second handle, which belongs to the innermost scope. */
  private static Tensor managedAlias(Tensor tensor) {
    Tensor alias = tensor.alias();
    ForgottenTensors.adopt(alias, TensorScope.current());
    return alias;
  }

  static Gradients of(Tensor value, Tensor seed, BackwardMode mode) {
    Node<Tensor> root = value.node();
    if (root == null) {
      throw new IllegalStateException(
          "backward: nothing was recorded for this value\n  value   "
              + value.dtype()
              + value.shape()
              + "\n  hint    call track() on the tensors whose gradient is wanted, before using them");
    }
    if (!seed.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          "backward: the seed has another shape\n  value   "
              + value.shape()
              + "\n  seed    "
              + seed.shape());
    }
    try (NoRecord _ = NoRecord.recording(mode == BackwardMode.DIFFERENTIABLE);
        TensorScope scope = TensorScope.open("backward")) {
      Tensor first = managedAlias(seed);
      Map<Node<Tensor>, Tensor> leaves =
          Walk.run(root, first, mode != BackwardMode.CONSUME, ARITHMETIC);
      leaves.values().forEach(scope::keep);
      return new Gradients(leaves);
    }
  }
}
