package dev.tempera.vgg.format.zip;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates deflated bytes into memory of exactly their size. */
final class Inflation {
  private static final long WINDOW = 1 << 20;

  private Inflation() {}

  /**
   * Inflates bytes and checks that they fill the target and have the checksum given.
   *
   * @throws TensorFileException if they do not
   */
  static void inflate(FileBytes deflated, MemorySegment target, long crc32)
      throws TensorFileException {
    CRC32 checksum = new CRC32();
    long read = 0;
    long written = 0;
    try (Inflater inflater = new Inflater(true)) {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          ByteBuffer input = window(deflated.segment(), read);
          read += input.remaining();
          inflater.setInput(input);
        }
        boolean full = written == target.byteSize();
        ByteBuffer output = full ? ByteBuffer.allocate(1) : window(target, written);
        int count = inflater.inflate(output);
        checksum.update(output.flip());
        written += count;
        boolean fed = inflater.needsInput() && read < deflated.size();
        if (written > target.byteSize() || (count == 0 && !fed)) {
          break;
        }
      }
      if (!inflater.finished() || written != target.byteSize()) {
        throw deflated.failure(
            0, "deflated bytes do not give the " + target.byteSize() + " bytes announced");
      }
    } catch (DataFormatException cause) {
      throw deflated.failure(0, "deflated bytes are damaged (" + cause.getMessage() + ")");
    }
    if (checksum.getValue() != crc32) {
      throw deflated.failure(0, "the checksum of the inflated bytes is wrong");
    }
  }

  private static ByteBuffer window(MemorySegment bytes, long start) {
    return bytes.asSlice(start, Math.min(WINDOW, bytes.byteSize() - start)).asByteBuffer();
  }
}
