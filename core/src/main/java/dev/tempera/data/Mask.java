package dev.tempera.data;

import java.util.Arrays;

/**
 * One bit for each element of a value, saying where its gradient passes. Only the backend that made
 * it knows how the bits lie in the storage.
 */
public final class Mask {
  private final Storage storage;
  private final Shape shape;
  private final long[] strides;

  /**
   * A mask for a value.
   *
   * @param storage the bits
   * @param shape the shape of the value
   * @param strides the strides, in elements, of the value, whose memory order the bits follow
   * @throws ShapeException if the storage has less than one bit an element, or there is not one
   *     stride an axis
   */
  public Mask(Storage storage, Shape shape, long[] strides) {
    long leastBytes = (shape.size() + 7) / 8;
    if (storage.byteSize() < leastBytes || strides.length != shape.rank()) {
      throw new ShapeException(
          "mask: the storage or the strides do not fit the value\n  value   "
              + shape
              + "\n  strides "
              + Arrays.toString(strides)
              + "\n  rule    one stride an axis, and at least "
              + leastBytes
              + " bytes, here "
              + storage.byteSize());
    }
    this.storage = storage;
    this.shape = shape;
    this.strides = strides.clone();
  }

  /** The bits. */
  public Storage storage() {
    return storage;
  }

  /** The shape of the value it belongs to. */
  public Shape shape() {
    return shape;
  }

  /** The strides, in elements, of the value it belongs to; a copy. */
  public long[] strides() {
    return strides.clone();
  }
}
