package dev.tempera.op;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** One number in the place of chosen elements. */
public final class MaskedFill {
  private MaskedFill() {}

  /**
   * A copy of x in which elements where the mask holds are a number.
   *
   * @param mask bools, of a shape that broadcasts to x's
   * @throws ShapeException if it does not
   * @throws IllegalArgumentException if the mask is not of bools, or x is not computed in
   */
  public static Tensor apply(Tensor x, Tensor mask, double value) {
    Recording.of("maskedFill", x, mask);
    Unary.requireComputable("maskedFill", x);
    if (mask.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "maskedFill: the mask is not of bools\n  mask    "
              + mask.dtype()
              + mask.shape()
              + "\n  hint    make one with Compare");
    }
    if (!Shape.broadcast("maskedFill", x.shape(), mask.shape()).equals(x.shape())) {
      throw new ShapeException(
          "maskedFill: the mask is larger than the input\n  input   "
              + x.shape()
              + "\n  mask    "
              + mask.shape()
              + "\n  rule    the mask broadcasts to the input's shape");
    }
    Tensor number = Tensor.of(x.backend(), x.backend().filled(x.dtype(), Shape.scalar(), value));
    return Where.apply(mask, number, x);
  }
}
