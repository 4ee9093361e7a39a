package dev.tempera.tensor;

import dev.tempera.data.Shape;
import java.util.Locale;

/** Writes a tensor as NumPy does: nested brackets, long axes cut in the middle. */
final class TensorPrinter {
  private static final int EDGE = 3;

  private final Shape shape;
  private final double[] values;
  private final StringBuilder text = new StringBuilder();

  private TensorPrinter(Tensor tensor) {
    shape = tensor.shape();
    values = tensor.toDoubles();
  }

  static String print(Tensor tensor) {
    String head = tensor.dtype() + "" + tensor.shape();
    if (tensor.shape().size() > Integer.MAX_VALUE / 8) {
      return head;
    }
    TensorPrinter printer = new TensorPrinter(tensor);
    printer.axis(0, 0);
    return head + " " + printer.text;
  }

  private void axis(int axis, int start) {
    if (axis == shape.rank()) {
      text.append(String.format(Locale.ROOT, "%.6g", values[start]));
      return;
    }
    int length = shape.dim(axis);
    int step = 1;
    for (int inner = axis + 1; inner < shape.rank(); inner++) {
      step *= shape.dim(inner);
    }
    text.append('[');
    for (int i = 0; i < length; i++) {
      if (i > 0) {
        text.append(", ");
      }
      if (length > 4 * EDGE && i == EDGE) {
        text.append("…, ");
        i = length - EDGE;
      }
      axis(axis + 1, start + i * step);
    }
    text.append(']');
  }
}
