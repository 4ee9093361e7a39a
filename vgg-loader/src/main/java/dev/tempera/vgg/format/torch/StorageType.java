package dev.tempera.vgg.format.torch;

import dev.tempera.data.DType;
import org.jspecify.annotations.Nullable;

/**
 * A class of PyTorch storages, which stands for the type of their elements.
 *
 * @param name the class, such as {@code FloatStorage}
 * @param dtype the type of an element, or null where Tempera has no such type
 */
record StorageType(String name, @Nullable DType dtype) {
  static final String SUFFIX = "Storage";

  /** The class with this name, which ends in {@code Storage}. */
  static StorageType named(String name) {
    DType dtype =
        switch (name.substring(0, name.length() - SUFFIX.length())) {
          case "Float" -> DType.FLOAT32;
          case "Double" -> DType.FLOAT64;
          case "Half" -> DType.FLOAT16;
          case "BFloat16" -> DType.BFLOAT16;
          case "Char" -> DType.INT8;
          case "Byte" -> DType.UINT8;
          case "Short" -> DType.INT16;
          case "Int" -> DType.INT32;
          case "Long" -> DType.INT64;
          case "Bool" -> DType.BOOL;
          default -> null;
        };
    return new StorageType(name, dtype);
  }
}
