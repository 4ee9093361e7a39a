package dev.tempera.backend;

import dev.tempera.data.DType;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

/**
 * Reading from, and adding to, places along an axis that numbers give. Index views are of int32 or
 * int64, of any strides, and every number in them is a place on the axis: callers ask {@link
 * #firstOutside} before.
 */
public interface IndexOps extends MemoryOps {
  /**
   * y[…, i, …] = x[…, index[…, i, …], …].
   *
   * @param x of any type, equal in shape to the index but for the axis
   * @return new, row-major, of the index's shape
   */
  View gather(View x, View index, int axis);

  /**
   * target[…, index[…, i, …], …] += source[…, i, …], in the order of i for every element.
   *
   * @param target float32 or float64, equal in shape to the source but for the axis; no two of its
   *     elements share memory
   * @param index of the source's shape
   * @param source of the target's type
   */
  void scatterAdd(View target, View index, View source, int axis);

  /**
   * The position of the first element that is no place on an axis, counted in row-major order.
   *
   * @param length of the axis
   * @return −1 if every element is at least 0 and less than the length
   */
  default long firstOutside(View index, int length) {
    int count = Math.toIntExact(index.shape().size());
    if (index.dtype() == DType.INT32) {
      int[] values = new int[count];
      download(index, MemorySegment.ofArray(values));
      for (int i = 0; i < count; i++) {
        if (values[i] < 0 || values[i] >= length) {
          return i;
        }
      }
      return -1;
    }
    long[] values = new long[count];
    download(index, MemorySegment.ofArray(values));
    for (int i = 0; i < count; i++) {
      if (values[i] < 0 || values[i] >= length) {
        return i;
      }
    }
    return -1;
  }
}
