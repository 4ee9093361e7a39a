package dev.tempera.io.npy;

import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Python dictionary of a {@code .npy} header: the three members that the format knows, in
 * any order, with values of exactly the kinds that they may have. Nothing is evaluated.
 */
final class NpyDictionary {
  /** More digits than any axis length has. */
  private static final int MOST_DIGITS = 18;

  private final FileBytes bytes;
  private final long start;
  private final String text;
  private int at;
  private @Nullable NpyType type;
  private @Nullable Boolean fortranOrder;
  private @Nullable Shape shape;

  /**
   * A reader of a dictionary.
   *
   * @param bytes the file, for errors
   * @param start where in it the text starts
   * @param text the dictionary and what fills the header up
   */
  NpyDictionary(FileBytes bytes, long start, String text) {
    this.bytes = bytes;
    this.start = start;
    this.text = text;
  }

  /**
   * The header that the dictionary describes.
   *
   * @param dataStart where the elements start
   * @throws TensorFileException if a member is missing, twice there, unknown, or of a wrong kind
   */
  NpyHeader read(long dataStart) throws TensorFileException {
    expect('{');
    while (!skip('}')) {
      readMember();
      if (!skip(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (at < text.length()) {
      throw failure("expected nothing more after the dictionary");
    }
    if (type == null || fortranOrder == null || shape == null) {
      throw failure("the header needs descr, fortran_order and shape, and lacks one of them");
    }
    return new NpyHeader(type, fortranOrder, shape, dataStart);
  }

  private void readMember() throws TensorFileException {
    skipSpace();
    int place = at;
    String key = quoted();
    expect(':');
    skipSpace();
    if (key.equals("descr") && type == null) {
      type = readType();
    } else if (key.equals("fortran_order") && fortranOrder == null) {
      fortranOrder = readTruth();
    } else if (key.equals("shape") && shape == null) {
      shape = readShape();
    } else {
      at = place;
      throw failure(
          "member '"
              + TensorFileException.printable(key)
              + "' is repeated or unknown; a header"
              + " has descr, fortran_order and shape");
    }
  }

  private NpyType readType() throws TensorFileException {
    int place = at;
    if (next('[')) {
      throw failure("arrays of structures are not read; save each field as an array of its own");
    }
    String code = quoted();
    NpyType found = NpyType.of(code);
    if (found == null) {
      at = place;
      throw failure(
          "element type '"
              + TensorFileException.printable(code)
              + "' is not one that Tempera reads"
              + (code.endsWith("O")
                  ? ": objects are Python's own, and running them is not safe"
                  : ""));
    }
    return found;
  }

  private boolean readTruth() throws TensorFileException {
    for (boolean truth : new boolean[] {true, false}) {
      String word = truth ? "True" : "False";
      if (text.startsWith(word, at)) {
        at += word.length();
        return truth;
      }
    }
    throw failure("expected True or False");
  }

  private Shape readShape() throws TensorFileException {
    int place = at;
    List<Long> lengths = new ArrayList<>();
    expect('(');
    while (!skip(')')) {
      lengths.add(wholeNumber());
      if (!skip(',')) {
        expect(')');
        break;
      }
    }
    return bytes.shape(null, start + place, lengths);
  }

  private long wholeNumber() throws TensorFileException {
    skipSpace();
    int from = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      at++;
    }
    if (at == from || at - from > MOST_DIGITS) {
      at = from;
      throw failure("expected a whole number of at most " + MOST_DIGITS + " digits");
    }
    long number = Long.parseLong(text, from, at, 10);
    if (next('L')) { // Python 2 marked its long numbers.
      at++;
    }
    return number;
  }

  private String quoted() throws TensorFileException {
    char mark = at < text.length() ? text.charAt(at) : ' ';
    int end = mark == '\'' || mark == '"' ? text.indexOf(mark, at + 1) : -1;
    if (end < 0) {
      throw failure("expected a text in quotes");
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  private void expect(char mark) throws TensorFileException {
    if (!skip(mark)) {
      throw failure("expected '" + mark + "'");
    }
  }

  private boolean skip(char mark) {
    skipSpace();
    if (next(mark)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean next(char mark) {
    return at < text.length() && text.charAt(at) == mark;
  }

  private void skipSpace() {
    while (next(' ') || next('\n')) {
      at++;
    }
  }

  private TensorFileException failure(String problem) {
    return bytes.failure(start + at, problem);
  }
}
