package dev.tempera.tensor;

import dev.tempera.autograd.Arithmetic;
import dev.tempera.autograd.Node;
import dev.tempera.autograd.Walk;
import dev.tempera.data.DType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs the backward walk over tensors: one scope for the walk, one for each rule. */
final class Backward {
  private static final Arithmetic<Tensor> ARITHMETIC =
      new Arithmetic<>() {
        @Override
        public Tensor add(Node<Tensor> node, Tensor a, Tensor b) {
          if (mayBeWrittenOver(a) && b.dtype() == DType.FLOAT32) {
            return addInto(a, b);
          }
          if (mayBeWrittenOver(b) && a.dtype() == DType.FLOAT32) {
            return addInto(b, a);
          }
          try (a;
              b) {
            return inScope(node.name(), () -> a.add(b));
          }
        }

        @Override
        public void release(Tensor value) {
          value.close();
        }

        @Override
        public Tensor contribution(Node<Tensor> node, int input, Supplier<Tensor> work) {
          return Anomaly.isOn() ? watched(node, input, work) : inScope(node.name(), work);
        }

        @Override
        public boolean addInPlace(Node<Tensor> node, Tensor sum, Consumer<Tensor> addition) {
          // Anomalies are looked for in one contribution at a time.
          if (Anomaly.isOn() || !mayBeWrittenOver(sum)) {
            return false;
          }
          try (TensorScope _ = TensorScope.open(node.name())) {
            addition.accept(sum);
          }
          return true;
        }
      };

  private Backward() {}

  /**
   * Whether a sum can take the place of this term: nobody else sees that memory, and each of its
   * elements is one of the term's. Only float32, for which backends have a kernel.
   */
  private static boolean mayBeWrittenOver(Tensor term) {
    return !RecordingState.current().isRecording()
        && term.dtype() == DType.FLOAT32
        && term.view().storage().hasOneHolder()
        && term.view().isDense();
  }

  private static Tensor addInto(Tensor sum, Tensor term) {
    try (term) {
      InPlace.addScaled(sum, term, 1);
    }
    return sum;
  }

  private static Tensor inScope(String op, Supplier<Tensor> work) {
    try (TensorScope scope = TensorScope.open(op)) {
      Tensor result = work.get();
      return scope.keep(result.scope() == scope ? result : result.managedAlias());
    }
  }

  private static Tensor watched(Node<Tensor> node, int input, Supplier<Tensor> work) {
    Tensor gradient;
    try {
      gradient = inScope(node.name(), work);
    } catch (AnomalyException within) {
      throw Anomaly.fromRule(node, input, String.valueOf(within.getMessage()));
    }
    Anomaly.checkGradient(node, input, gradient);
    return gradient;
  }

  /** The gradients of every leaf that a value was made from. */
  static Gradients of(Tensor value, Tensor seed, BackwardMode mode) {
    return walk(
        value,
        seed,
        mode,
        (root, first) -> Walk.run(root, first, mode != BackwardMode.CONSUME, ARITHMETIC));
  }

  /** The gradients of chosen tensors. */
  static Gradients of(Tensor value, Tensor seed, BackwardMode mode, Collection<Tensor> wanted) {
    List<Node<Tensor>> nodes = new ArrayList<>();
    for (Tensor tensor : wanted) {
      tensor.requireOpen("backward");
      Node<Tensor> node = tensor.node();
      if (node == null) {
        throw new IllegalArgumentException(
            "backward: a tensor whose gradient is wanted is not tracked\n  tensor  "
                + tensor.dtype()
                + tensor.shape()
                + "\n  hint    use the handle that track() returns");
      }
      nodes.add(node);
    }
    return walk(
        value,
        seed,
        mode,
        (root, first) -> Walk.run(root, first, nodes, mode != BackwardMode.CONSUME, ARITHMETIC));
  }

  @FunctionalInterface
  private interface Run {
    Map<Node<Tensor>, Tensor> from(Node<Tensor> root, Tensor seed);
  }

  private static Gradients walk(Tensor value, Tensor seed, BackwardMode mode, Run run) {
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
    try (RecordingState.Section _ = RecordingState.recording(mode == BackwardMode.DIFFERENTIABLE);
        TensorScope scope = TensorScope.open("backward")) {
      Anomaly.checkSeed(seed);
      Map<Node<Tensor>, Tensor> gradients = run.from(root, seed.managedAlias());
      gradients.values().forEach(scope::keep);
      return new Gradients(gradients);
    }
  }
}
