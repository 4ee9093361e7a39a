package dev.tempera.vgg.format.pickle;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads the operations of a pickle and their arguments, one after another, never past the end. */
final class PickleReader {
  private static final int LONGEST_LINE = 1024;
  private static final int LONGEST_INTEGER = 32;

  private final FileBytes bytes;
  private long position;
  private long operationStart;

  PickleReader(FileBytes bytes, long position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** The next byte to read. */
  long position() {
    return position;
  }

  /** The bytes that are read. */
  FileBytes bytes() {
    return bytes;
  }

  /** The code of the next operation; its arguments come next. */
  int operation() throws TensorFileException {
    operationStart = position;
    return uint8();
  }

  /** Where the current operation starts. */
  long operationStart() {
    return operationStart;
  }

  /** The exception that says what is wrong with the current operation. */
  TensorFileException failure(String problem) {
    return bytes.failure(operationStart, "pickle: " + problem);
  }

  int uint8() throws TensorFileException {
    return bytes.uint8(advance(1));
  }

  int uint16() throws TensorFileException {
    return bytes.uint16(advance(2));
  }

  int int32() throws TensorFileException {
    return bytes.int32(advance(4));
  }

  long uint32() throws TensorFileException {
    return bytes.uint32(advance(4));
  }

  long int64() throws TensorFileException {
    return bytes.int64(advance(8));
  }

  double float64() throws TensorFileException {
    return bytes.float64(advance(8), ByteOrder.BIG_ENDIAN);
  }

  String text(long length, Charset encoding) throws TensorFileException {
    return bytes.text(advance(length), length, encoding, "a text");
  }

  PickleBytes bytes(long length) throws TensorFileException {
    return new PickleBytes(bytes.slice(advance(length), length, "a byte string"));
  }

  /** Text up to the end of the line, which is skipped. */
  String line() throws TensorFileException {
    long start = position;
    while (uint8() != '\n') {
      if (position - start > LONGEST_LINE) {
        throw bytes.failure(start, "a name longer than " + LONGEST_LINE + " bytes");
      }
    }
    return bytes.text(start, position - 1 - start, StandardCharsets.UTF_8, "a name");
  }

  /** A signed little-endian integer of any length: a Long where it fits, else a BigInteger. */
  Object integer(long length) throws TensorFileException {
    if (length < 0 || length > LONGEST_INTEGER) {
      throw bytes.failure(position, "an integer of " + length + " bytes");
    }
    byte[] bigEndian = new byte[(int) length + 1];
    for (int i = (int) length; i > 0; i--) {
      bigEndian[i] = (byte) uint8();
    }
    boolean negative = length > 0 && bigEndian[1] < 0;
    bigEndian[0] = (byte) (negative ? -1 : 0);
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private long advance(long length) {
    long start = position;
    position = start + Math.clamp(length, 0, bytes.size());
    return start;
  }
}
