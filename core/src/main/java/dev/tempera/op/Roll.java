package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Moves elements along an axis; what leaves at one end comes in at the other. The gradient moves
 * back.
 */
public final class Roll {
  private Roll() {}

  /**
   * The tensor with every element moved.
   *
   * @param shift by how many places towards the end; negative towards the start
   * @throws dev.tempera.data.ShapeException if there is no such axis
   */
  public static Tensor apply(Tensor x, int axis, int shift) {
    Recording recording = Recording.of("roll", x);
    int along = Axes.normalize("roll", x.shape(), axis);
    int length = x.shape().dim(along);
    int moved = length == 0 ? 0 : Math.floorMod(shift, length);
    if (moved == 0) {
      return recording.unchanged();
    }
    View y = rolled(recording.backend(), x.view(), along, moved);
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> apply(gradient, along, -moved)));
  }

  private static View rolled(Backend backend, View x, int axis, int shift) {
    MemoryOrder order = x.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    View y = backend.allocate(x.dtype(), x.shape(), order);
    int rest = x.shape().dim(axis) - shift;
    backend.assign(y.slice(axis, 0, shift, 1), x.slice(axis, rest, shift, 1));
    backend.assign(y.slice(axis, shift, rest, 1), x.slice(axis, 0, rest, 1));
    return y;
  }
}
