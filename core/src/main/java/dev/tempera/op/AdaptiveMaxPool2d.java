package dev.tempera.op;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;

/**
 * Maximum pooling to a size, with the windows of {@link AdaptiveAvgPool2d}: along each row, then
 * along each column, so that the gradient goes to the first largest element of a window in
 * row-major order. Where windows overlap or differ in length, they are first laid side by side.
 */
public final class AdaptiveMaxPool2d {
  private static final String NAME = "adaptiveMaxPool2d";

  private AdaptiveMaxPool2d() {}

  /**
   * The largest elements of as many windows as the result has pixels.
   *
   * @param x (N, C, H, W)
   * @param height H′
   * @param width W′
   * @return (N, C, H′, W′)
   * @throws ShapeException if there are not four axes, or a length is not positive
   */
  public static Tensor apply(Tensor x, int height, int width) {
    AdaptiveWindows.require(NAME, x, height, width);
    AdaptiveWindows rows = new AdaptiveWindows(x.shape().dim(2), height);
    AdaptiveWindows columns = new AdaptiveWindows(x.shape().dim(3), width);
    Tensor wide =
        columns.isEven()
            ? x
            : Resample2d.apply(x, AdaptiveWindows.unchanged(rows.from()), columns.sideBySide());
    Tensor narrow = MaxPool2d.apply(wide, windows(1, columns.longest()));
    Tensor tall =
        rows.isEven()
            ? narrow
            : Resample2d.apply(narrow, rows.sideBySide(), AdaptiveWindows.unchanged(width));
    return MaxPool2d.apply(tall, windows(rows.longest(), 1));
  }

  private static Pool2dParams windows(int rows, int columns) {
    return new Pool2dParams(rows, columns, rows, columns, 0, 0, false, true);
  }
}
