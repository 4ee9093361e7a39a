package dev.tempera.io;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON (RFC 8259) value by value, as strictly as the grammar allows: the caller says what
 * must come next, so nesting is as deep as the caller goes, and nothing is kept that the caller
 * does not keep.
 */
public final class JsonReader {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 40;
  private static final byte[] QUOTE = {'"'};
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final FileBytes bytes;
  private long position;

  /** A reader of UTF-8 text. */
  public JsonReader(FileBytes bytes) {
    this.bytes = bytes;
  }

  /** Where the next value, or the white space before it, starts. */
  public long position() {
    return position;
  }

  /**
   * Goes past this punctuation mark.
   *
   * @throws TensorFileException if something else comes next
   */
  public void expect(char mark) throws TensorFileException {
    if (!skip(mark)) {
      throw failure("expected '" + mark + "'");
    }
  }

  /** Goes past this punctuation mark if it comes next, and says whether it did. */
  public boolean skip(char mark) throws TensorFileException {
    skipSpace();
    if (position < bytes.size() && bytes.uint8(position) == mark) {
      position++;
      return true;
    }
    return false;
  }

  /**
   * Goes to the next member of an object or array: past a comma, or past the closing mark at its
   * end.
   */
  public boolean next(boolean first, char close) throws TensorFileException {
    if (skip(close)) {
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /** Checks that nothing but white space is left. */
  public void end() throws TensorFileException {
    skipSpace();
    if (position < bytes.size()) {
      throw failure("expected nothing more");
    }
  }

  /** A whole number from 0 to 2⁶³ − 1, without a sign, leading zeros, fraction or exponent. */
  public long wholeNumber() throws TensorFileException {
    skipSpace();
    long start = position;
    long value = 0;
    while (position < bytes.size() && isDigit(bytes.uint8(position))) {
      int digit = bytes.uint8(position) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw failure("number above 9223372036854775807");
      }
      value = value * 10 + digit;
      position++;
    }
    boolean leadingZero = position > start + 1 && bytes.uint8(start) == '0';
    if (position == start || leadingZero) {
      position = start;
      throw failure("expected a whole number, not negative");
    }
    return value;
  }

  /** A number of any kind, as the nearest float64. */
  public double number() throws TensorFileException {
    skipSpace();
    long start = position;
    skipNumber();
    return Double.parseDouble(
        bytes.text(start, position - start, StandardCharsets.US_ASCII, "a number"));
  }

  private void skipNumber() throws TensorFileException {
    skipSpace();
    long start = position;
    skipOneOf("-");
    boolean valid = skipOneOf("0") || skipDigits();
    valid &= !skipOneOf(".") || skipDigits();
    if (skipOneOf("eE")) {
      skipOneOf("+-");
      valid &= skipDigits();
    }
    boolean ends = position == bytes.size() || "+-.eE".indexOf(bytes.uint8(position)) < 0;
    if (!valid || !ends || position - start > LONGEST_NUMBER || isDigitNext()) {
      position = start;
      throw failure("expected a number of at most " + LONGEST_NUMBER + " characters");
    }
  }

  private boolean skipOneOf(String letters) throws TensorFileException {
    if (position < bytes.size() && letters.indexOf(bytes.uint8(position)) >= 0) {
      position++;
      return true;
    }
    return false;
  }

  private boolean skipDigits() throws TensorFileException {
    boolean any = isDigitNext();
    while (isDigitNext()) {
      position++;
    }
    return any;
  }

  private boolean isDigitNext() throws TensorFileException {
    return position < bytes.size() && isDigit(bytes.uint8(position));
  }

  /**
   * Goes past a value of any kind.
   *
   * @throws TensorFileException if it is not JSON, or nests deeper than 64
   */
  public void skipValue() throws TensorFileException {
    skipValue(DEEPEST);
  }

  private void skipValue(int depthLeft) throws TensorFileException {
    if (depthLeft == 0) {
      throw failure("nested deeper than " + DEEPEST);
    }
    if (skip('{')) {
      for (boolean first = true; next(first, '}'); first = false) {
        skipText();
        expect(':');
        skipValue(depthLeft - 1);
      }
    } else if (skip('[')) {
      for (boolean first = true; next(first, ']'); first = false) {
        skipValue(depthLeft - 1);
      }
    } else if (bytes.startsWith(position, QUOTE)) {
      skipText();
    } else if (!skipWord()) {
      skipNumber();
    }
  }

  /** Goes past a text, which is made only where it has letters that need a check. */
  private void skipText() throws TensorFileException {
    long start = position;
    expect('"');
    skipPlainLetters();
    while (skipOneOf("\\")) {
      escaped();
      skipPlainLetters();
    }
    if (!skipOneOf("\"")) {
      position = start;
      text();
    }
  }

  private void skipPlainLetters() throws TensorFileException {
    while (isPlain(bytes.uint8(position))) {
      position++;
    }
  }

  private static boolean isPlain(int c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint);
  }

  private boolean skipWord() {
    return skipWord(TRUE) || skipWord(FALSE) || skipWord(NULL);
  }

  private boolean skipWord(byte[] word) {
    boolean found = bytes.startsWith(position, word);
    position += found ? word.length : 0;
    return found;
  }

  /** A text with its escapes resolved. */
  public String text() throws TensorFileException {
    expect('"');
    long plainStart = position;
    skipPlainLetters();
    if (skipOneOf("\"")) {
      return bytes.text(plainStart, position - 1 - plainStart, StandardCharsets.US_ASCII, "text");
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      int c = bytes.uint8(position);
      if (c == '"' || c == '\\') {
        text.append(bytes.text(plainStart, position - plainStart, StandardCharsets.UTF_8, "text"));
        position++;
        if (c == '"') {
          return wellFormed(text.toString());
        }
        text.append(escaped());
        plainStart = position;
      } else if (c < ' ') {
        throw failure("control character in a text");
      } else {
        position++;
      }
    }
  }

  private String wellFormed(String text) throws TensorFileException {
    if (text.codePoints().anyMatch(JsonReader::isSurrogate)) {
      throw failure("half of a surrogate pair in the text before this");
    }
    return text;
  }

  private char escaped() throws TensorFileException {
    int c = bytes.uint8(position++);
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(bytes.uint8(position), 16);
          if (digit < 0) {
            throw failure("\\u needs four hexadecimal digits");
          }
          code = code * 16 + digit;
          position++;
        }
        yield (char) code;
      }
      default -> {
        position--;
        throw failure("unknown escape in a text");
      }
    };
  }

  private void skipSpace() throws TensorFileException {
    while (position < bytes.size() && isSpace(bytes.uint8(position))) {
      position++;
    }
  }

  /** The exception that says what is wrong with the JSON here. */
  public TensorFileException failure(String problem) throws TensorFileException {
    String found = "the end";
    if (position < bytes.size()) {
      int c = bytes.uint8(position);
      found = c > ' ' && c < 0x7F ? "'" + (char) c + "'" : String.format("byte 0x%02x", c);
    }
    return bytes.failure(position, "JSON: " + problem + ", found " + found);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
