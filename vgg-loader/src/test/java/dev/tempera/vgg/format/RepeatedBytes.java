package dev.tempera.vgg.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.function.IntFunction;

/** Makes a megabyte of one thing again and again, for tests. */
final class RepeatedBytes {
  private static final int SIZE = 1 << 20;

  private RepeatedBytes() {}

  /** The same bytes again and again. */
  static byte[] of(int... codes) {
    byte[] unit = new byte[codes.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (byte) codes[i];
    }
    return of(_ -> unit);
  }

  /** Units by their number. */
  static byte[] of(IntFunction<byte[]> unit) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; bytes.size() < SIZE; i++) {
      bytes.writeBytes(unit.apply(i));
    }
    return bytes.toByteArray();
  }

  /** Text again and again, each time with another short name in the place of every {@code ?}. */
  static String text(String unit) {
    return new String(of(i -> unit.replace("?", name(i)).getBytes(ISO_8859_1)), ISO_8859_1);
  }

  /** A short name for a number. */
  static String name(int number) {
    return Integer.toString(number, Character.MAX_RADIX);
  }
}
