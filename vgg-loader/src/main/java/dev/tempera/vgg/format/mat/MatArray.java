package dev.tempera.vgg.format.mat;

import dev.tempera.io.TensorFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of an array: what it is, before its content.
 *
 * @param arrayClass MATLAB's class, one of the constants here; larger ones up to 15 are numeric
 * @param logical whether the numbers are truth values
 * @param complex whether an imaginary part follows the real one
 * @param lengths the axis lengths
 * @param name the name of a variable, empty inside of others
 * @param content where the content starts
 */
record MatArray(
    int arrayClass,
    boolean logical,
    boolean complex,
    List<Long> lengths,
    String name,
    long content) {
  static final int CELL = 1;
  static final int STRUCT = 2;
  static final int OBJECT = 3;
  static final int CHAR = 4;
  static final int SPARSE = 5;
  static final int LAST_NUMERIC = 15;

  private static final int LOGICAL = 0x200;
  private static final int COMPLEX = 0x800;
  private static final int MOST_AXES = 64;
  private static final int LONGEST_NAME = 256;

  /**
   * Reads the head of an array.
   *
   * @param bytes the elements that it has
   * @param start where the first of them is
   * @throws TensorFileException if it is damaged
   */
  static MatArray read(MatBytes bytes, long start) throws TensorFileException {
    MatElement flags = bytes.element(start, MatElement.UINT32, "an array's flags");
    int bits = bytes.int32(flags.position());
    int arrayClass = bits & 0xFF;
    if (arrayClass > LAST_NUMERIC) {
      return new MatArray(arrayClass, false, false, List.of(), "", flags.next());
    }
    MatElement axes = bytes.element(flags.next(), MatElement.INT32, "an array's axis lengths");
    MatElement name = bytes.element(axes.next(), "an array's name");
    if (axes.size() % 4 != 0 || axes.size() > 4 * MOST_AXES || name.size() > LONGEST_NAME) {
      throw bytes.failure(
          axes.position(),
          "an array with "
              + axes.size()
              + " bytes of axis lengths and "
              + name.size()
              + " of name; "
              + 4 * MOST_AXES
              + " and "
              + LONGEST_NAME
              + " are the most allowed");
    }
    List<Long> lengths = new ArrayList<>();
    for (long at = 0; at < axes.size(); at += 4) {
      lengths.add((long) bytes.int32(axes.position() + at));
    }
    return new MatArray(
        arrayClass,
        (bits & LOGICAL) != 0,
        (bits & COMPLEX) != 0,
        lengths,
        bytes.text(name, "an array's name"),
        name.next());
  }

  boolean isNumeric() {
    return arrayClass > SPARSE && arrayClass <= LAST_NUMERIC;
  }

  /** Whether its content is looked at. */
  boolean isRead() {
    return isNumeric() || arrayClass < SPARSE;
  }

  /** The number of elements, or more than any file holds where there are more. */
  long count() {
    long count = 1;
    for (long length : lengths) {
      if (length <= 0) {
        return 0;
      }
      count = Math.min(count * length, Integer.MAX_VALUE);
    }
    return count;
  }

  /** What an array that is not read is, for people. */
  String description() {
    String kind =
        switch (arrayClass) {
          case SPARSE -> "a sparse array";
          case 16 -> "a function handle";
          case 17 -> "an object of a class";
          default -> "an array of class " + arrayClass;
        };
    return kind + ", not read";
  }
}
