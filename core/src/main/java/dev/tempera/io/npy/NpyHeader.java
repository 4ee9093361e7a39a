package dev.tempera.io.npy;

import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The start of a {@code .npy} file: a mark, a version, and a Python dictionary that names the
 * element type, the order of the axes in memory and the axis lengths. Versions 1 to 3 differ in how
 * long the dictionary may be and in how its letters are encoded.
 *
 * @param type the element type
 * @param fortranOrder whether the first axis moves fastest
 * @param shape the axis lengths
 * @param dataStart the byte at which the elements start
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format's definition</a>
 */
record NpyHeader(NpyType type, boolean fortranOrder, Shape shape, long dataStart) {
  /** No header is longer than this, whatever its version allows; NumPy's own limit is lower. */
  static final int LONGEST = 1 << 16;

  private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LENGTH_POSITION = 8;
  private static final int ALIGNMENT = 64;

  /** Whether these bytes start as {@code .npy} files do. */
  static boolean recognises(FileBytes bytes) {
    return bytes.startsWith(0, MARK);
  }

  /**
   * Reads a header.
   *
   * @param bytes the start of the file
   * @throws TensorFileException if it is not that of a {@code .npy} file, breaks a rule of the
   *     format, or has an element type that Tempera has not
   */
  static NpyHeader read(FileBytes bytes) throws TensorFileException {
    if (!recognises(bytes)) {
      throw bytes.failure(0, "does not start with the mark of a .npy file");
    }
    int version = bytes.uint8(MARK.length);
    if (version < 1 || version > 3 || bytes.uint8(MARK.length + 1) != 0) {
      throw bytes.failure(
          MARK.length,
          "version "
              + version
              + "."
              + bytes.uint8(MARK.length + 1)
              + " of the format; 1.0, 2.0 and 3.0 are known");
    }
    long length = version == 1 ? bytes.uint16(LENGTH_POSITION) : bytes.uint32(LENGTH_POSITION);
    int start = LENGTH_POSITION + (version == 1 ? Short.BYTES : Integer.BYTES);
    if (start + length > LONGEST) {
      throw bytes.failure(
          LENGTH_POSITION,
          "a header of " + length + " bytes; " + (LONGEST - start) + " are the most allowed");
    }
    Charset encoding = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = bytes.text(start, length, encoding, "the header");
    return new NpyDictionary(bytes, start, text).read(start + length);
  }

  /**
   * The bytes of a header of version 1; the elements that follow start at a multiple of 64 bytes.
   */
  static byte[] write(String typeCode, boolean fortranOrder, Shape shape) {
    String lengths =
        Arrays.stream(shape.toArray()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String dictionary =
        "{'descr': '"
            + typeCode
            + "', 'fortran_order': "
            + (fortranOrder ? "True" : "False")
            + ", 'shape': ("
            + lengths
            + (shape.rank() == 1 ? ",), }" : "), }");
    int start = LENGTH_POSITION + Short.BYTES;
    int total = Math.ceilDiv(start + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT;
    byte[] header = new byte[total];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARK)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) (total - start))
        .put(dictionary.getBytes(StandardCharsets.US_ASCII));
    header[total - 1] = '\n';
    return header;
  }
}
