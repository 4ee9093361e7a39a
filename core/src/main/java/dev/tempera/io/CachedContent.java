package dev.tempera.io;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Content that is produced once, however many tensors and threads ask for it. */
final class CachedContent implements TensorEntry.Content {
  private final TensorEntry.Content source;
  private @Nullable MemorySegment bytes;

  CachedContent(TensorEntry.Content source) {
    this.source = source;
  }

  @Override
  public synchronized MemorySegment read() throws TensorFileException {
    MemorySegment result = bytes;
    if (result == null) {
      result = source.read();
      bytes = result;
    }
    return result;
  }
}
