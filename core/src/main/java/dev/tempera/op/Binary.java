package dev.tempera.op;

import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;

/**
 * The elementwise functions of two tensors, broadcast as NumPy does. Values stand in {@link
 * BinaryOp}; the derivatives stand here. At ties, maximum and minimum give half of the gradient to
 * each side.
 */
public final class Binary {
  private Binary() {}

  /**
   * {@code op} of every pair of elements.
   *
   * @throws dev.tempera.data.ShapeException if the shapes do not broadcast
   * @throws IllegalArgumentException if the element types differ
   */
  public static Tensor apply(BinaryOp op, Tensor a, Tensor b) {
    String name = OpNames.of(op);
    Recording recording = Recording.of(name, a, b);
    Operands operands = Operands.broadcast(name, a, b);
    View y = recording.backend().binary(op, operands.a(), operands.b());
    Saved left = recording.save(a, keepsLeft(op, recording));
    Saved right = recording.save(b, keepsRight(op, recording));
    Shape leftShape = a.shape();
    Shape rightShape = b.shape();
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(0, () -> SumTo.apply(leftSlope(op, gradient, left, right), leftShape));
          into.add(1, () -> SumTo.apply(rightSlope(op, gradient, left, right), rightShape));
        });
  }

  private static boolean keepsLeft(BinaryOp op, Recording recording) {
    return switch (op) {
      case ADD, SUBTRACT -> false;
      case MULTIPLY, DIVIDE -> recording.needs(1);
      case MAXIMUM, MINIMUM, POWER -> true;
    };
  }

  private static boolean keepsRight(BinaryOp op, Recording recording) {
    return switch (op) {
      case ADD, SUBTRACT -> false;
      case MULTIPLY -> recording.needs(0);
      case DIVIDE, MAXIMUM, MINIMUM, POWER -> true;
    };
  }

  /** gradient · dy/da. */
  private static Tensor leftSlope(BinaryOp op, Tensor gradient, Saved a, Saved b) {
    return switch (op) {
      case ADD, SUBTRACT -> gradient;
      case MULTIPLY -> gradient.multiply(b.tensor());
      case DIVIDE -> gradient.divide(b.tensor());
      case MAXIMUM -> gradient.multiply(share(CompareOp.GREATER, a.tensor(), b.tensor()));
      case MINIMUM -> gradient.multiply(share(CompareOp.LESS, a.tensor(), b.tensor()));
      case POWER ->
          gradient
              .multiply(b.tensor())
              .multiply(apply(BinaryOp.POWER, a.tensor(), withoutZeros(b.tensor()).add(-1)));
    };
  }

  /** gradient · dy/db. */
  private static Tensor rightSlope(BinaryOp op, Tensor gradient, Saved a, Saved b) {
    return switch (op) {
      case ADD -> gradient;
      case SUBTRACT -> gradient.negate();
      case MULTIPLY -> gradient.multiply(a.tensor());
      case DIVIDE -> gradient.divide(b.tensor()).multiply(a.tensor().divide(b.tensor())).negate();
      case MAXIMUM -> gradient.multiply(share(CompareOp.LESS, a.tensor(), b.tensor()));
      case MINIMUM -> gradient.multiply(share(CompareOp.GREATER, a.tensor(), b.tensor()));
      case POWER ->
          gradient
              .multiply(apply(BinaryOp.POWER, a.tensor(), b.tensor()))
              .multiply(logarithm(a.tensor(), b.tensor()));
    };
  }

  /** log a, but 0 where aᵇ with a = 0 does not change with b. */
  private static Tensor logarithm(Tensor a, Tensor b) {
    Tensor isNegative = Compare.apply(CompareOp.LESS, b, constant(b, 0));
    return Where.apply(isNegative, a, withoutZeros(a)).log();
  }

  /**
   * Ones in the place of zeros: where a factor of a slope is 0, the other one must not be infinite.
   */
  private static Tensor withoutZeros(Tensor x) {
    Tensor isZero = Compare.apply(CompareOp.EQUAL, x, constant(x, 0));
    return Where.apply(isZero, constant(x, 1), x);
  }

  private static Tensor constant(Tensor like, double value) {
    return Tensor.of(like.backend(), like.backend().filled(like.dtype(), Shape.scalar(), value));
  }

  /** 1 where the comparison holds, ½ where both sides are equal, else 0. */
  private static Tensor share(CompareOp wins, Tensor a, Tensor b) {
    Tensor won = Compare.apply(wins, a, b).to(a.dtype());
    Tensor tied = Compare.apply(CompareOp.EQUAL, a, b).to(a.dtype());
    return won.add(tied.multiply(0.5));
  }
}
