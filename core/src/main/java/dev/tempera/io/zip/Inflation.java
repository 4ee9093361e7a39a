package dev.tempera.io.zip;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates deflated bytes into memory whose size is known beforehand. */
final class Inflation implements AutoCloseable {
  private static final long WINDOW = 1 << 20;

  private final FileBytes deflated;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private long read;

  private Inflation(FileBytes deflated) {
    this.deflated = deflated;
  }

  /**
   * Inflates bytes and checks that they fill the target and have the checksum given.
   *
   * @throws TensorFileException if they do not
   */
  static void inflate(FileBytes deflated, MemorySegment target, long crc32)
      throws TensorFileException {
    try (Inflation inflation = new Inflation(deflated)) {
      inflation.fill(target);
      boolean more = inflation.next(ByteBuffer.allocate(1)) > 0;
      if (more || !inflation.inflater.finished()) {
        throw inflation.wrongSize(target);
      }
      if (inflation.checksum.getValue() != crc32) {
        throw deflated.failure(0, "the checksum of the inflated bytes is wrong");
      }
    }
  }

  /**
   * Inflates as many bytes as fill the target, and no more.
   *
   * @throws TensorFileException if there are fewer
   */
  static void inflateHead(FileBytes deflated, MemorySegment target) throws TensorFileException {
    try (Inflation inflation = new Inflation(deflated)) {
      inflation.fill(target);
    }
  }

  private void fill(MemorySegment target) throws TensorFileException {
    for (long written = 0; written < target.byteSize(); ) {
      int count = next(window(target, written));
      if (count == 0) {
        throw wrongSize(target);
      }
      written += count;
    }
  }

  /** Inflates some bytes; none at the end. */
  private int next(ByteBuffer output) throws TensorFileException {
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          if (read == deflated.size()) {
            return 0;
          }
          ByteBuffer input = window(deflated.segment(), read);
          read += input.remaining();
          inflater.setInput(input);
        }
        int count = inflater.inflate(output);
        if (count > 0) {
          checksum.update(output.flip());
          return count;
        }
        if (!inflater.needsInput()) {
          return 0;
        }
      }
      return 0;
    } catch (DataFormatException cause) {
      throw deflated.failure(0, "deflated bytes are damaged (" + cause.getMessage() + ")");
    }
  }

  private TensorFileException wrongSize(MemorySegment target) {
    return deflated.failure(
        0, "deflated bytes do not give the " + target.byteSize() + " bytes announced");
  }

  private static ByteBuffer window(MemorySegment bytes, long start) {
    return bytes.asSlice(start, Math.min(WINDOW, bytes.byteSize() - start)).asByteBuffer();
  }

  @Override
  public void close() {
    inflater.close();
  }
}
