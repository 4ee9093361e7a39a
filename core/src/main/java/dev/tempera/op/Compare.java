package dev.tempera.op;

import dev.tempera.backend.CompareOp;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Elementwise comparisons, broadcast as NumPy does. The result is of bools and has no gradient. */
public final class Compare {
  private Compare() {}

  /**
   * Whether the comparison holds for each pair of elements.
   *
   * @throws dev.tempera.data.ShapeException if the shapes do not broadcast
   */
  public static Tensor apply(CompareOp op, Tensor a, Tensor b) {
    String name = OpNames.of(op);
    Recording recording = Recording.of(name, a, b);
    Operands operands = Operands.broadcast(name, a, b);
    return recording.untracked(recording.backend().compare(op, operands.a(), operands.b()));
  }
}
