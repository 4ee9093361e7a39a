package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;

/** Two operands of one type, stretched to their common shape without copying. */
record Operands(Shape shape, View a, View b) {
  /**
   * Broadcasts two operands.
   *
   * @param op the operation's name, for errors
   * @throws dev.tempera.data.ShapeException if the shapes do not broadcast
   * @throws IllegalArgumentException if the element types differ or are not computed in
   */
  static Operands broadcast(String op, Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          op
              + ": operands have different element types\n  left    "
              + a.dtype()
              + a.shape()
              + "\n  right   "
              + b.dtype()
              + b.shape()
              + "\n  hint    convert one of them with to("
              + a.dtype()
              + ")");
    }
    Unary.requireComputable(op, a);
    Shape shape = Shape.broadcast(op, a.shape(), b.shape());
    return new Operands(shape, a.view().expand(shape), b.view().expand(shape));
  }
}
