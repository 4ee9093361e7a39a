package dev.tempera.op;

import dev.tempera.backend.AxisWeights;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;

/**
 * The windows of an adaptive pooling along one axis, as PyTorch has them: output i takes elements
 * ⌊i·from/to⌋ up to ⌈(i + 1)·from/to⌉, exclusive. Windows may overlap, and may differ by one in
 * length.
 *
 * @param from elements of the axis
 * @param to how many windows
 */
record AdaptiveWindows(int from, int to) {
  /** The first element of a window. */
  int start(int window) {
    return (int) ((long) window * from / to);
  }

  /** The element after the last of a window. */
  int end(int window) {
    return (int) Math.ceilDiv((window + 1L) * from, (long) to);
  }

  /** Elements of the longest window. */
  int longest() {
    int longest = 0;
    for (int window = 0; window < to; window++) {
      longest = Math.max(longest, end(window) - start(window));
    }
    return longest;
  }

  /** The average of each window. */
  AxisWeights averages() {
    int[] starts = new int[to + 1];
    for (int window = 0; window < to; window++) {
      starts[window + 1] = starts[window] + end(window) - start(window);
    }
    int[] sources = new int[starts[to]];
    double[] weights = new double[starts[to]];
    for (int window = 0; window < to; window++) {
      int length = end(window) - start(window);
      for (int i = 0; i < length; i++) {
        sources[starts[window] + i] = start(window) + i;
        weights[starts[window] + i] = 1.0 / length;
      }
    }
    return AxisWeights.of(from, starts, sources, weights);
  }

  /** Whether the windows lie side by side and are equally long. */
  boolean isEven() {
    return from % to == 0;
  }

  /** The windows side by side, short ones with their last element once more. */
  AxisWeights sideBySide() {
    int length = longest();
    int[] starts = new int[to * length + 1];
    int[] sources = new int[to * length];
    double[] ones = new double[to * length];
    Arrays.fill(ones, 1);
    for (int i = 0; i < sources.length; i++) {
      int window = i / length;
      starts[i + 1] = i + 1;
      sources[i] = Math.min(start(window) + i % length, end(window) - 1);
    }
    return AxisWeights.of(from, starts, sources, ones);
  }

  /** Every element by itself. */
  static AxisWeights unchanged(int length) {
    return new AdaptiveWindows(length, length).sideBySide();
  }

  /**
   * Requires an image and a size.
   *
   * @throws ShapeException if there are not four axes, or a length is not positive
   * @throws IllegalArgumentException if the element type is not computed in
   */
  static void require(String op, Tensor x, int height, int width) {
    Unary.requireComputable(op, x);
    Shape shape = x.shape();
    if (shape.rank() != 4
        || Math.min(height, width) < 1
        || Math.min(shape.dim(2), shape.dim(3)) < 1) {
      throw new ShapeException(
          op
              + ": needs an image and a size of at least one pixel\n  input   "
              + shape
              + "  (N, C, H, W)\n  target  "
              + height
              + " × "
              + width);
    }
  }
}
