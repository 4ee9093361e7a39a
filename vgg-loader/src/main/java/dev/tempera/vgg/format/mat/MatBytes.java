package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Data elements in the byte order of their file: all of a source, or those of one array.
 *
 * @param source where they lie
 * @param order the file's byte order
 * @param end where they end
 */
record MatBytes(MatSource source, ByteOrder order, long end) {
  private static final int TAG_SIZE = 8;

  /** All elements of a source. */
  MatBytes(MatSource source, ByteOrder order) {
    this(source, order, source.size());
  }

  /** The elements within an array, so that no two arrays of one array share bytes. */
  MatBytes within(MatElement array) {
    return new MatBytes(source, order, array.position() + array.size());
  }

  /** The bytes of an element, when they are read. */
  Content contentOf(MatElement element) {
    return source.content(element.position(), element.size());
  }

  int int32(long position) throws TensorFileException {
    int value = source.int32(position);
    return order == ByteOrder.LITTLE_ENDIAN ? value : Integer.reverseBytes(value);
  }

  /**
   * The element with its tag at a position; elements of up to 4 bytes lie in the tag.
   *
   * @param what what the element is, for the error
   * @throws TensorFileException if it does not lie within these bytes
   */
  MatElement element(long position, String what) throws TensorFileException {
    if (position > end - TAG_SIZE) {
      throw failure(position, what + " is missing where the array that it lies in ends");
    }
    int word = int32(position);
    int shortSize = word >>> 16;
    if (shortSize != 0) {
      if (shortSize > 4) {
        throw failure(position, what + " has " + shortSize + " bytes in a tag that holds 4");
      }
      return new MatElement(word & 0xFFFF, position + 4, shortSize, position + TAG_SIZE);
    }
    long length = int32(position + 4) & 0xFFFF_FFFFL;
    long start = position + TAG_SIZE;
    if (start > end - length) {
      throw failure(
          position,
          what + " takes " + length + " bytes, " + Math.max(end - start, 0) + " are left");
    }
    long padded = word == MatElement.COMPRESSED ? length : (length + 7) & -8L;
    return new MatElement(word, start, length, Math.min(start + padded, end));
  }

  /** The element at a position, which must be of one type. */
  MatElement element(long position, int type, String what) throws TensorFileException {
    MatElement element = element(position, what);
    if (element.type() != type) {
      throw failure(
          position, what + " is of data type " + element.type() + ", expected type " + type);
    }
    return element;
  }

  /** The text of an element, in whichever encoding its type says. */
  String text(MatElement element, String what) throws TensorFileException {
    Charset encoding =
        switch (element.type()) {
          case MatElement.INT8, MatElement.UINT8 -> StandardCharsets.ISO_8859_1;
          case MatElement.UTF8 -> StandardCharsets.UTF_8;
          case MatElement.UTF16, MatElement.UINT16 ->
              order == ByteOrder.LITTLE_ENDIAN
                  ? StandardCharsets.UTF_16LE
                  : StandardCharsets.UTF_16BE;
          default ->
              throw failure(
                  element.position(), what + " is of data type " + element.type() + ", no text");
        };
    return text(element.position(), element.size(), encoding, what);
  }

  /** The text of some bytes. */
  String text(long position, long length, Charset encoding, String what)
      throws TensorFileException {
    return source.bytes(position, length, what).text(0, length, encoding, what);
  }

  /** No bytes, at the place that errors about a position name. */
  FileBytes place(long position) throws TensorFileException {
    return source.place(position);
  }

  TensorFileException failure(long position, String problem) throws TensorFileException {
    return place(position).failure(0, problem);
  }
}
