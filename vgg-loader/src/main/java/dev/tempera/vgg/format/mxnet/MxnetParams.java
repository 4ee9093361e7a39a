package dev.tempera.vgg.format.mxnet;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.catalogue.TensorCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads MXNet's {@code .params} files, of modules and of Gluon: a list of arrays, then a list of
 * their names, all little-endian. Names are as in the file, such as {@code arg:conv1_1_weight} and
 * {@code vgg0_conv0_weight}; arrays of a list without names are called {@code 0}, {@code 1} and so
 * on.
 *
 * @see <a href="https://github.com/apache/mxnet/blob/master/src/ndarray/ndarray.cc">MXNet's writer,
 *     {@code NDArray::Save}</a>
 */
public final class MxnetParams {
  /** The name of the format. */
  public static final String FORMAT = "MXNet";

  private static final byte[] MAGIC = {0x12, 1, 0, 0, 0, 0, 0, 0};
  private static final int COUNT_AT = 2 * Long.BYTES;
  private static final int LONGEST_NAME = 4096;

  private MxnetParams() {}

  /** Whether a file starts as a list of arrays does. */
  public static boolean recognises(MappedFile file) {
    return file.as(FORMAT).startsWith(0, MAGIC);
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it breaks a rule of the format or holds sparse arrays
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    TensorCatalogue catalogue = new TensorCatalogue(FORMAT, file);
    FileBytes bytes = catalogue.bytes();
    if (!bytes.startsWith(0, MAGIC)) {
      throw bytes.failure(0, "does not start as a list of arrays does");
    }
    int count = count(bytes, COUNT_AT, "arrays");
    long position = COUNT_AT + Long.BYTES;
    List<MxnetArray> arrays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MxnetArray array = MxnetArray.read(bytes, position, "number " + i);
      arrays.add(array);
      position = array.end();
    }
    List<String> names = names(bytes, position, count);
    for (int i = 0; i < count; i++) {
      catalogue.add(arrays.get(i).toEntry(names.get(i), bytes));
    }
    return catalogue.toFile();
  }

  private static List<String> names(FileBytes bytes, long start, int expected)
      throws TensorFileException {
    int count = count(bytes, start, "names");
    if (count != 0 && count != expected) {
      throw bytes.failure(start, count + " names for " + expected + " arrays");
    }
    List<String> names = new ArrayList<>();
    long position = start + Long.BYTES;
    for (int i = 0; i < expected; i++) {
      if (count == 0) {
        names.add(Integer.toString(i));
        continue;
      }
      long length = bytes.int64(position);
      if (length < 0 || length > LONGEST_NAME) {
        throw bytes.failure(position, "no name has " + Long.toUnsignedString(length) + " bytes");
      }
      position += Long.BYTES;
      names.add(bytes.text(position, length, StandardCharsets.UTF_8, "the name of an array"));
      position += length;
    }
    return names;
  }

  private static int count(FileBytes bytes, long position, String what) throws TensorFileException {
    long count = bytes.int64(position);
    if (count < 0 || count > TensorCatalogue.MOST_ENTRIES) {
      throw bytes.failure(
          position,
          Long.toUnsignedString(count)
              + " "
              + what
              + ", and "
              + TensorCatalogue.MOST_ENTRIES
              + " are the most allowed");
    }
    return (int) count;
  }
}
