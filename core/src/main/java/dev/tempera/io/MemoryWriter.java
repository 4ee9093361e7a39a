package dev.tempera.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Hands memory of any size to what takes buffers, which end at two gigabytes. */
public final class MemoryWriter {
  private static final long LONGEST_BUFFER = 1 << 30;

  private MemoryWriter() {}

  /** Takes one buffer after the other. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the whole content of a buffer. */
    void accept(ByteBuffer buffer) throws IOException;
  }

  /** Writes all bytes to a channel. */
  public static void write(MemorySegment bytes, WritableByteChannel channel) throws IOException {
    forEachBuffer(
        bytes,
        buffer -> {
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /** Gives all bytes, in order, to a sink. */
  public static void forEachBuffer(MemorySegment bytes, Sink sink) throws IOException {
    for (long start = 0; start < bytes.byteSize(); start += LONGEST_BUFFER) {
      long length = Math.min(LONGEST_BUFFER, bytes.byteSize() - start);
      sink.accept(bytes.asSlice(start, length).asByteBuffer());
    }
  }
}
