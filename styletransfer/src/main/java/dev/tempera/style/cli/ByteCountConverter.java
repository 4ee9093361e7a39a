package dev.tempera.style.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of bytes as Java's options write them: {@code 900m}, {@code 4g}. */
final class ByteCountConverter implements ITypeConverter<Long> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([kmgt]?)");

  ByteCountConverter() {}

  @Override
  public Long convert(String value) {
    Matcher parts = TEXT.matcher(value.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'" + value + "' is no number of bytes; expected one like 900m or 4g");
    }
    long factor =
        switch (parts.group(2)) {
          case "k" -> 1L << 10;
          case "m" -> 1L << 20;
          case "g" -> 1L << 30;
          case "t" -> 1L << 40;
          default -> 1;
        };
    return Long.parseLong(parts.group(1)) * factor;
  }
}
