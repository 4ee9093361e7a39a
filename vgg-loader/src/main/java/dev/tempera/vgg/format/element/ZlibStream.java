package dev.tempera.vgg.format.element;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zlib stream, inflated piece by piece from its start to its end.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1950">RFC 1950</a>
 */
public final class ZlibStream implements AutoCloseable {
  /** No stream inflates to more times its size. */
  public static final long MOST_RATIO = 1032;

  private static final long WINDOW = 1 << 20;
  private static final int SKIPPED_AT_ONCE = 1 << 16;

  private final FileBytes deflated;
  private final Inflater inflater = new Inflater();
  private long taken;
  private long position;

  /** A stream at its start. */
  public ZlibStream(FileBytes deflated) {
    this.deflated = deflated;
  }

  /**
   * Inflates the start of a stream.
   *
   * @param target is filled
   * @throws TensorFileException if the stream is damaged or ends before
   */
  public static void inflate(FileBytes deflated, MemorySegment target) throws TensorFileException {
    try (ZlibStream stream = new ZlibStream(deflated)) {
      stream.read(target);
    }
  }

  /** How many bytes have been inflated. */
  public long position() {
    return position;
  }

  /**
   * Inflates the next bytes.
   *
   * @param target is filled
   * @throws TensorFileException if the stream is damaged or ends before
   */
  public void read(MemorySegment target) throws TensorFileException {
    try {
      for (long written = 0; written < target.byteSize(); ) {
        if (inflater.needsInput() && taken < deflated.size()) {
          ByteBuffer input = window(deflated.segment(), taken);
          taken += input.remaining();
          inflater.setInput(input);
        }
        int count = inflater.inflate(window(target, written));
        if (count == 0 && (inflater.finished() || taken == deflated.size())) {
          throw deflated.failure(
              0,
              "a zlib stream ends after "
                  + position
                  + " of "
                  + (position - written + target.byteSize())
                  + " bytes");
        }
        if (inflater.needsDictionary()) {
          throw deflated.failure(0, "a zlib stream asks for a dictionary");
        }
        written += count;
        position += count;
      }
    } catch (DataFormatException cause) {
      throw deflated.failure(0, "a zlib stream is damaged (" + cause.getMessage() + ")");
    }
  }

  /**
   * Leaves out the next bytes.
   *
   * @throws TensorFileException if the stream is damaged or ends before
   */
  public void skip(long count) throws TensorFileException {
    MemorySegment scratch = MemorySegment.ofArray(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]);
    for (long left = count; left > 0; left -= scratch.byteSize()) {
      read(scratch.asSlice(0, Math.min(left, scratch.byteSize())));
    }
  }

  @Override
  public void close() {
    inflater.close();
  }

  private static ByteBuffer window(MemorySegment bytes, long start) {
    return bytes.asSlice(start, Math.min(WINDOW, bytes.byteSize() - start)).asByteBuffer();
  }
}
