package dev.tempera.backend;

import dev.tempera.data.Mask;
import dev.tempera.data.View;

/**
 * Functions that act on each element by itself. Operands are of one floating type and already
 * broadcast to one shape (stretched axes have stride 0). Results are new and dense, in the memory
 * order of the first operand that has no stretched axis.
 */
public interface ElementwiseOps {
  /** {@code op} of every element; a and b are the op's parameters, 0 where unused. */
  View unary(UnaryOp op, View x, double a, double b);

  /** {@code op} of every pair of elements. */
  View binary(BinaryOp op, View a, View b);

  /** The comparison of every pair of elements, as bools. */
  View compare(CompareOp op, View a, View b);

  /** Elements of a where the condition (bools) holds, of b elsewhere. */
  View where(View condition, View a, View b);

  /**
   * max(x, 0), and if asked for one bit an element that says where x > 0.
   *
   * @param keepMask whether a gradient will be asked for
   */
  Activated relu(View x, boolean keepMask);

  /**
   * Elements of the gradient where the mask's bit is set, 0 elsewhere; the gradient may have any
   * memory order.
   */
  View applyMask(View gradient, Mask mask);
}
