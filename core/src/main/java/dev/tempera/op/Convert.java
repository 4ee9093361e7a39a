package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/** The same values in another element type or memory order. */
public final class Convert {
  private Convert() {}

  /** The values in another type, rounded to it; the gradient is converted back. */
  public static Tensor apply(Tensor x, DType dtype) {
    if (x.dtype() == dtype) {
      return Recording.of("convert", x).unchanged();
    }
    MemoryOrder order =
        x.view().isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    return copy(x, dtype, order);
  }

  /**
   * The values densely in a memory order; not copied if they are already.
   *
   * @throws ShapeException if channels-last is asked for and there are not four axes
   */
  public static Tensor contiguous(Tensor x, MemoryOrder order) {
    if (order == MemoryOrder.CHANNELS_LAST && x.shape().rank() != 4) {
      throw new ShapeException(
          "convert: channels-last order needs four axes (N, C, H, W)\n  input   "
              + x.shape()
              + "\n  hint    reshape(1, C, H, W) makes one image a stack of one");
    }
    boolean already =
        switch (order) {
          case ROW_MAJOR -> x.view().isRowMajor();
          case CHANNELS_LAST -> x.view().isChannelsLast();
        };
    return already ? Recording.of("convert", x).unchanged() : copy(x, x.dtype(), order);
  }

  private static Tensor copy(Tensor x, DType dtype, MemoryOrder order) {
    DType from = x.dtype();
    Recording recording = Recording.of("convert", x);
    Backend backend = recording.backend();
    View y = backend.converted(x.view(), dtype, order);
    if (!dtype.isComputable() || !from.isComputable()) {
      return recording.untracked(y);
    }
    return recording.result(y, (gradient, into) -> into.add(0, () -> apply(gradient, from)));
  }
}
