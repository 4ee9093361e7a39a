package dev.tempera.backend;

import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Memory: making, filling, copying and moving tensors. Every view returned has a new storage with
 * one holder.
 */
public interface MemoryOps {
  /** A new dense tensor whose content is undefined. */
  View allocate(DType dtype, Shape shape, MemoryOrder order);

  /** Sets every element of an existing view. */
  void fill(View target, double value);

  /**
   * Writes the elements of one view over those of another of the same shape; element types are
   * converted.
   */
  void assign(View target, View source);

  /**
   * Copies elements from main memory, given densely in row-major order in the view's type, into a
   * view.
   */
  void upload(MemorySegment source, View target);

  /** Copies the elements, densely in row-major order, into main memory. */
  void download(View source, MemorySegment target);

  /** What this backend's memory holds now and held at most. */
  MemoryStatistics memory();

  /** A new dense tensor of one value. */
  default View filled(DType dtype, Shape shape, double value) {
    View result = allocate(dtype, shape, MemoryOrder.ROW_MAJOR);
    fill(result, value);
    return result;
  }

  /** A dense copy in the given memory order. */
  default View contiguous(View x, MemoryOrder order) {
    return converted(x, x.dtype(), order);
  }

  /** A dense copy in another element type and memory order. */
  default View converted(View x, DType dtype, MemoryOrder order) {
    View result = allocate(dtype, x.shape(), order);
    assign(result, x);
    return result;
  }

  /**
   * The parts one after another along an axis.
   *
   * @param parts equal in every other axis and in type
   * @return new, in the first part's order if that is channels-last, else row-major
   */
  default View concat(List<View> parts, int axis) {
    View first = parts.get(0);
    int length = 0;
    for (View part : parts) {
      length += part.shape().dim(axis);
    }
    MemoryOrder order = first.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    View result = allocate(first.dtype(), first.shape().with(axis, length), order);
    int start = 0;
    for (View part : parts) {
      int own = part.shape().dim(axis);
      assign(result.slice(axis, start, own, 1), part);
      start += own;
    }
    return result;
  }

  /**
   * A copy in which the elements along some axes stand in reverse order.
   *
   * @param axes sorted, no duplicates
   * @return new, channels-last if x is, else row-major
   */
  default View flipped(View x, int[] axes) {
    MemoryOrder order = x.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    View result = contiguous(x, order);
    for (int axis : axes) {
      View previous = result;
      result = allocate(x.dtype(), x.shape(), order);
      int last = x.shape().dim(axis) - 1;
      for (int i = 0; i <= last; i++) {
        assign(result.slice(axis, i, 1, 1), previous.slice(axis, last - i, 1, 1));
      }
      previous.storage().release();
    }
    return result;
  }
}
