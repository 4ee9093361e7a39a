package dev.tempera.op;

import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** Checks what losses compare. */
final class LossOperands {
  private LossOperands() {}

  /**
   * Requires that input and target are open, of one type that is computed in, and of one shape.
   *
   * <p>They are not broadcast: a target of shape [N] beside an input of shape [N, 1] would silently
   * compare every pair.
   */
  static void require(String op, Tensor input, Tensor target) {
    Recording.of(op, input, target);
    OperandTypes.requireOne(op, input, new OperandTypes.Named("target", target));
    if (!input.shape().equals(target.shape())) {
      throw new ShapeException(
          op
              + ": input and target have different shapes\n  input   "
              + input.shape()
              + "\n  target  "
              + target.shape()
              + "\n  rule    equal shapes; losses do not broadcast"
              + "\n  hint    reshape or expand one of them");
    }
  }
}
