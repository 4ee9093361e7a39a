package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ZlibStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The bytes that a compressed element inflates to. They are looked through from the start to the
 * end, and only a few are in memory at a time: in a net the largest arrays are the last ones, which
 * style transfer does not need. What is asked for before them again is inflated from the start.
 */
final class InflatedBytes implements MatSource, AutoCloseable {
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LOOK_AHEAD = 512;
  private static final int MOST_AT_ONCE = Integer.MAX_VALUE - 8;

  private final FileBytes deflated;
  private final long size;
  private final InflatedContents contents;
  private ZlibStream stream;
  private MemorySegment window = MemorySegment.ofArray(new byte[0]);

  /**
   * Bytes that nobody has asked for yet.
   *
   * @param file lends memory to contents
   * @param deflated the zlib stream
   * @param size how many bytes it inflates to
   */
  InflatedBytes(MappedFile file, FileBytes deflated, long size) {
    this.deflated = deflated;
    this.size = size;
    this.contents = new InflatedContents(file, deflated);
    this.stream = new ZlibStream(deflated);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int int32(long position) throws TensorFileException {
    require(position, Integer.BYTES, "a 32-bit number");
    return window.get(INT32, position - windowStart());
  }

  @Override
  public FileBytes bytes(long position, long count, String what) throws TensorFileException {
    require(position, count, what);
    return deflated.decompressed(window.asSlice(position - windowStart(), count));
  }

  /** Lets the window hold some bytes. */
  private void require(long position, long count, String what) throws TensorFileException {
    if (position < 0 || count < 0 || position > size - count || count > MOST_AT_ONCE) {
      throw deflated.failure(
          0, what + " takes " + count + " bytes, " + Math.max(size - position, 0) + " are left");
    }
    if (position < windowStart() || position + count > stream.position()) {
      move(position, (int) Math.min(Math.max(count, LOOK_AHEAD), size - position));
    }
  }

  /** Lets the window start at a position; what it has of it already is not inflated again. */
  private void move(long position, int count) throws TensorFileException {
    if (position < windowStart()) {
      stream.close();
      stream = new ZlibStream(deflated);
      window = MemorySegment.ofArray(new byte[0]);
    }
    MemorySegment moved = MemorySegment.ofArray(new byte[count]);
    long known = Math.max(stream.position() - position, 0);
    if (known > 0) {
      moved.copyFrom(window.asSlice(position - windowStart()));
    } else {
      stream.skip(position - stream.position());
    }
    stream.read(moved.asSlice(known));
    window = moved;
  }

  private long windowStart() {
    return stream.position() - window.byteSize();
  }

  @Override
  public Content content(long position, long count) {
    return contents.at(position, count);
  }

  @Override
  public FileBytes place(long position) {
    return deflated.decompressed(MemorySegment.NULL);
  }

  /** Ends the looking through; contents can be read after it. */
  @Override
  public void close() {
    stream.close();
  }
}
