package dev.tempera.data;

import java.util.Locale;

/** Numbers of bytes in words for people. */
public final class ByteCount {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteCount() {}

  /**
   * A number of bytes in the largest binary unit it fills, to a tenth: {@code 24 bytes}, {@code 1.5
   * MiB}.
   */
  public static String text(long bytes) {
    if (bytes < 1024) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    int unit = 0;
    double amount = bytes / 1024.0;
    // What would be written as 1024.0 of one unit is 1.0 of the next.
    while (amount >= 1023.95) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
