package dev.tempera.op;

import dev.tempera.backend.AxisWeights;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** A linear map along each image axis; its gradient is the transposed map. */
public final class Resample2d {
  private Resample2d() {}

  /**
   * y[n, c, i, j] = Σ rows[i, u]·columns[j, v]·x[n, c, u, v].
   *
   * @param x (N, C, H, W)
   * @param rows H′ × H
   * @param columns W′ × W
   * @return (N, C, H′, W′)
   * @throws ShapeException if the maps do not fit the image
   */
  public static Tensor apply(Tensor x, AxisWeights rows, AxisWeights columns) {
    Recording recording = Recording.of("resample2d", x);
    Unary.requireComputable("resample2d", x);
    if (x.shape().rank() != 4
        || rows.sourceLength() != x.shape().dim(2)
        || columns.sourceLength() != x.shape().dim(3)) {
      throw new ShapeException(
          "resample2d: the maps do not fit the image\n  input   "
              + x.shape()
              + "  (N, C, H, W)\n  rule    rows.sourceLength = H and columns.sourceLength = W, here "
              + rows.sourceLength()
              + " and "
              + columns.sourceLength());
    }
    return recording.result(
        recording.backend().resample2d(x.view(), rows, columns),
        (gradient, into) ->
            into.add(0, () -> apply(gradient, rows.transposed(), columns.transposed())));
  }
}
