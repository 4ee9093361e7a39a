package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;

/** Where data elements are read from: the file, or what a compressed element inflates to. */
interface MatSource {
  /** How many bytes there are. */
  long size();

  /**
   * The 32-bit number at a position, little-endian.
   *
   * @throws TensorFileException if it does not lie within the bytes
   */
  int int32(long position) throws TensorFileException;

  /**
   * Some bytes, now.
   *
   * @param what what they are, for the error
   * @throws TensorFileException if there are fewer
   */
  FileBytes bytes(long position, long size, String what) throws TensorFileException;

  /** Some bytes, when they are read. */
  Content content(long position, long size);

  /** No bytes, at the place that errors about a position name. */
  FileBytes place(long position) throws TensorFileException;
}
