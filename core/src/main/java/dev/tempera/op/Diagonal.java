package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** The elements on a diagonal of two axes, without copying; the gradient is zero off it. */
public final class Diagonal {
  private Diagonal() {}

  /** The main diagonal of matrices (…, M, N) as (…, min(M, N)). */
  public static Tensor apply(Tensor x) {
    return apply(x, 0, -2, -1);
  }

  /**
   * The elements whose indices along two axes differ by an offset, as a new last axis; the two axes
   * disappear.
   *
   * @param offset column index − row index; beyond the matrix the result is empty
   * @param row an axis, counted from the end if negative
   * @param column another axis, counted from the end if negative
   * @throws dev.tempera.data.ShapeException if an axis does not exist, or both are one
   */
  public static Tensor apply(Tensor x, int offset, int row, int column) {
    Recording recording = Recording.of("diagonal", x);
    int rows = Axes.normalize("diagonal", x.shape(), row);
    int columns = Axes.normalize("diagonal", x.shape(), column);
    Shape shape = x.shape();
    return recording.sharedResult(
        x.view().diagonal(rows, columns, offset),
        (gradient, into) -> into.add(0, () -> embed(gradient, shape, offset, rows, columns)));
  }

  /** Zeros of a shape with x written on a diagonal: the gradient of the diagonal. */
  private static Tensor embed(Tensor x, Shape shape, int offset, int row, int column) {
    Recording recording = Recording.of("diagonalGradient", x);
    Backend backend = recording.backend();
    View y = backend.filled(x.dtype(), shape, 0);
    backend.assign(y.diagonal(row, column, offset), x.view());
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> apply(gradient, offset, row, column)));
  }
}
