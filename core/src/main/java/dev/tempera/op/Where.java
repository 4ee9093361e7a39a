package dev.tempera.op;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/** Chooses between two tensors element by element; everything broadcasts. */
public final class Where {
  private Where() {}

  /**
   * Elements of a where the condition holds, of b elsewhere.
   *
   * @param condition bools
   * @throws dev.tempera.data.ShapeException if the shapes do not broadcast
   * @throws IllegalArgumentException if the condition is not of bools, or the types of a and b
   *     differ
   */
  public static Tensor apply(Tensor condition, Tensor a, Tensor b) {
    Recording recording = Recording.of("where", a, b, condition);
    if (condition.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "where: the condition is not of bools\n  condition "
              + condition.dtype()
              + condition.shape()
              + "\n  hint    make one with Compare");
    }
    Operands operands = Operands.broadcast("where", a, b);
    Shape shape = Shape.broadcast("where", operands.shape(), condition.shape());
    View y =
        recording
            .backend()
            .where(
                condition.view().expand(shape),
                operands.a().expand(shape),
                operands.b().expand(shape));
    Saved chooses = recording.save(condition, true);
    Shape leftShape = a.shape();
    Shape rightShape = b.shape();
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(
              0, () -> SumTo.apply(apply(chooses.tensor(), gradient, zero(gradient)), leftShape));
          into.add(
              1, () -> SumTo.apply(apply(chooses.tensor(), zero(gradient), gradient), rightShape));
        });
  }

  private static Tensor zero(Tensor like) {
    return Tensor.of(like.backend(), like.backend().filled(like.dtype(), Shape.scalar(), 0));
  }
}
