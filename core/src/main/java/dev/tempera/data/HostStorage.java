package dev.tempera.data;

import java.lang.foreign.MemorySegment;

/** A storage in main memory: a segment, and what to do when the last holder lets go. */
public final class HostStorage extends Storage {
  private final MemorySegment segment;
  private final Runnable onFree;

  /**
   * A storage over a segment that may be used from any thread.
   *
   * @param onFree gives the segment back to where it came from; runs once
   */
  public HostStorage(MemorySegment segment, Runnable onFree) {
    this.segment = segment;
    this.onFree = onFree;
  }

  /** The bytes. */
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public Device device() {
    return Device.HOST;
  }

  @Override
  public long byteSize() {
    return segment.byteSize();
  }

  @Override
  protected void free() {
    onFree.run();
  }
}
