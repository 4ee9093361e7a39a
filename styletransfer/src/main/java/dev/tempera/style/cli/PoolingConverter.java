package dev.tempera.style.cli;

import dev.tempera.vgg.Pooling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a pooling as users of other programs write it. */
final class PoolingConverter implements ITypeConverter<Pooling> {
  PoolingConverter() {}

  @Override
  public Pooling convert(String name) {
    return switch (name) {
      case "max" -> Pooling.MAX;
      case "avg", "average" -> Pooling.AVERAGE;
      default -> throw new TypeConversionException("'" + name + "' is neither max nor avg");
    };
  }
}
