package dev.tempera.data;

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
   */
  public Mask(Storage storage, Shape shape, long[] strides) {
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
