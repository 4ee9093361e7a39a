package dev.tempera.vgg.format.element;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates zlib streams into memory whose size is known beforehand.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1950">RFC 1950</a>
 */
public final class Zlib {
  /** No stream inflates to more times its size. */
  public static final long MOST_RATIO = 1032;

  private static final long WINDOW = 1 << 20;

  private Zlib() {}

  /**
   * Inflates the start of a stream.
   *
   * @param deflated the stream
   * @param target is filled
   * @throws TensorFileException if the stream is damaged or ends before
   */
  public static void inflate(FileBytes deflated, MemorySegment target) throws TensorFileException {
    try (Inflater inflater = new Inflater()) {
      long read = 0;
      long written = 0;
      while (written < target.byteSize()) {
        if (inflater.needsInput() && read < deflated.size()) {
          ByteBuffer input = window(deflated.segment(), read);
          read += input.remaining();
          inflater.setInput(input);
        }
        int count = inflater.inflate(window(target, written));
        if (count == 0 && (inflater.finished() || read == deflated.size())) {
          throw deflated.failure(
              0, "a zlib stream ends after " + written + " of " + target.byteSize() + " bytes");
        }
        if (inflater.needsDictionary()) {
          throw deflated.failure(0, "a zlib stream asks for a dictionary");
        }
        written += count;
      }
    } catch (DataFormatException cause) {
      throw deflated.failure(0, "a zlib stream is damaged (" + cause.getMessage() + ")");
    }
  }

  private static ByteBuffer window(MemorySegment bytes, long start) {
    return bytes.asSlice(start, Math.min(WINDOW, bytes.byteSize() - start)).asByteBuffer();
  }
}
