package dev.tempera.op;

import dev.tempera.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that several operands have one element type, and one that is computed in. */
final class OperandTypes {
  /** How far names are padded, so that shapes stand under one another. */
  private static final int NAME_WIDTH = 8;

  private OperandTypes() {}

  /**
   * An operand as errors name it.
   *
   * @param name what it is
   * @param tensor null if it was left out
   */
  record Named(String name, @Nullable Tensor tensor) {
    private String line(Tensor present) {
      return "\n  "
          + name
          + " ".repeat(Math.max(NAME_WIDTH - name.length(), 1))
          + describe(present);
    }

    private static String describe(Tensor tensor) {
      return tensor.dtype() + "" + tensor.shape();
    }
  }

  /**
   * Requires the same computable type of all operands.
   *
   * @param first the one that the others have to agree with
   * @throws IllegalArgumentException if one has another type, or the first is not computed in
   */
  static void requireOne(String op, Tensor first, Named... others) {
    Unary.requireComputable(op, first);
    boolean agree = true;
    StringBuilder lines = new StringBuilder(new Named("input", first).line(first));
    for (Named other : List.of(others)) {
      Tensor tensor = other.tensor();
      if (tensor != null) {
        agree &= tensor.dtype() == first.dtype();
        lines.append(other.line(tensor));
      }
    }
    if (!agree) {
      throw new IllegalArgumentException(
          op
              + ": operands have different element types"
              + lines
              + "\n  hint    convert with to("
              + first.dtype()
              + ")");
    }
  }
}
