package dev.tempera.io;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a file read with bounds checks: little-endian numbers, text, and shorter stretches.
 * Positions count from the start of the stretch; errors name the byte of the file.
 */
public final class FileBytes {
  /** The most axes that a tensor in a file may have, as in PyTorch. */
  static final int MOST_AXES = 64;

  private static final ValueLayout.OfShort INT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong INT64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final Set<Charset> UTF_16 =
      Set.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  private final Path path;
  private final String format;
  private final MemorySegment bytes;
  private final long fileOffset;
  private final boolean inPlace;

  /**
   * A stretch of a file, where it lies.
   *
   * @param path the file, for errors
   * @param format the format it is read as, for errors
   * @param bytes the bytes themselves
   * @param fileOffset where in the file the stretch starts, for errors
   */
  public FileBytes(Path path, String format, MemorySegment bytes, long fileOffset) {
    this(path, format, bytes, fileOffset, true);
  }

  private FileBytes(
      Path path, String format, MemorySegment bytes, long fileOffset, boolean inPlace) {
    this.path = path;
    this.format = format;
    this.bytes = bytes;
    this.fileOffset = fileOffset;
    this.inPlace = inPlace;
  }

  /** The number of bytes in this stretch. */
  public long size() {
    return bytes.byteSize();
  }

  /** The bytes themselves, without a copy. */
  public MemorySegment segment() {
    return bytes;
  }

  /**
   * The byte of the file that a position of this stretch stands for; in decompressed bytes, the
   * first byte of the compressed ones.
   */
  public long fileOffset(long position) {
    return inPlace ? fileOffset + position : fileOffset;
  }

  /** The unsigned byte at a position. */
  public int uint8(long position) throws TensorFileException {
    require(position, 1, "a byte");
    return bytes.get(ValueLayout.JAVA_BYTE, position) & 0xFF;
  }

  /** The unsigned 16-bit number at a position. */
  public int uint16(long position) throws TensorFileException {
    require(position, 2, "a 16-bit number");
    return bytes.get(INT16, position) & 0xFFFF;
  }

  /** The signed 32-bit number at a position. */
  public int int32(long position) throws TensorFileException {
    require(position, 4, "a 32-bit number");
    return bytes.get(INT32, position);
  }

  /** The unsigned 32-bit number at a position. */
  public long uint32(long position) throws TensorFileException {
    return int32(position) & 0xFFFF_FFFFL;
  }

  /** The signed 64-bit number at a position. */
  public long int64(long position) throws TensorFileException {
    require(position, 8, "a 64-bit number");
    return bytes.get(INT64, position);
  }

  /** The 64-bit float at a position, in the byte order given. */
  public double float64(long position, ByteOrder order) throws TensorFileException {
    require(position, 8, "a 64-bit float");
    return bytes.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), position);
  }

  /**
   * A shorter stretch, sharing memory with this one.
   *
   * @param what what the bytes are, for the error
   * @throws TensorFileException if it does not lie within this one
   */
  public FileBytes slice(long position, long length, String what) throws TensorFileException {
    require(position, length, what);
    return new FileBytes(
        path, format, bytes.asSlice(position, length), fileOffset(position), inPlace);
  }

  /** The bytes that this stretch becomes when it is decompressed. */
  public FileBytes decompressed(MemorySegment content) {
    return new FileBytes(path, format, content, fileOffset, false);
  }

  /**
   * The text of some bytes.
   *
   * @param what what the text is, for the error
   * @throws TensorFileException if it ends past this stretch, or is not valid in that encoding
   */
  public String text(long position, long length, Charset encoding, String what)
      throws TensorFileException {
    require(position, length, what);
    if (length > Integer.MAX_VALUE - 8) {
      throw failure(position, what + " is " + length + " bytes long");
    }
    if (isAscii(position, length) && !UTF_16.contains(encoding)) {
      return asciiText(position, (int) length);
    }
    try {
      ByteBuffer part = bytes.asSlice(position, length).asByteBuffer();
      return encoding.newDecoder().decode(part).toString();
    } catch (CharacterCodingException cause) {
      throw failure(position, what + " is not valid " + encoding);
    }
  }

  private boolean isAscii(long position, long length) {
    for (long at = position; at < position + length; at++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, at) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Text of letters that most encodings have in common, made without a decoder for each. */
  private String asciiText(long position, int length) {
    if (length == 0) {
      return "";
    }
    byte[] letters = new byte[length];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, letters, 0, length);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /**
   * A shape whose axis lengths were read at a position.
   *
   * @throws TensorFileException if there are more than 64 axes, a length is not of 31 bits, or the
   *     whole is too large
   */
  public Shape shape(@Nullable String tensor, long position, List<Long> lengths)
      throws TensorFileException {
    if (lengths.size() > MOST_AXES) {
      throw failure(
          tensor, position, lengths.size() + " axes, and " + MOST_AXES + " are the most allowed");
    }
    for (long length : lengths) {
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw failure(tensor, position, "no axis can have the length " + length);
      }
    }
    try {
      return Shape.of(lengths.stream().mapToInt(Long::intValue).toArray());
    } catch (ShapeException tooLarge) {
      throw failure(tensor, position, "shape " + lengths + " is larger than any memory");
    }
  }

  /** Whether the bytes at a position are these; false where the stretch is too short to tell. */
  public boolean startsWith(long position, byte... expected) {
    if (position < 0 || position > size() - expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, position + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The exception that says what is wrong at a position. */
  public TensorFileException failure(long position, String problem) {
    return failure(null, position, problem);
  }

  /** The exception that says what is wrong with a tensor at a position. */
  public TensorFileException failure(@Nullable String tensor, long position, String problem) {
    return new TensorFileException(path, format, tensor, fileOffset(position), problem);
  }

  private void require(long position, long length, String what) throws TensorFileException {
    if (position < 0 || length < 0 || position > size() - length) {
      long left = Math.max(size() - Math.max(position, 0), 0);
      throw failure(
          Math.clamp(position, 0, size()),
          what + " takes " + Long.toUnsignedString(length) + " bytes, " + left + " are left");
    }
  }
}
