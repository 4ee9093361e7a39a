package dev.tempera.io;

import dev.tempera.data.DType;
import org.jspecify.annotations.Nullable;

/** The names that safetensors headers give to element types. */
final class SafetensorsType {
  private SafetensorsType() {}

  /** The name of a type. */
  static String nameOf(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case INT8 -> "I8";
      case UINT8 -> "U8";
      case INT16 -> "I16";
      case INT32 -> "I32";
      case INT64 -> "I64";
      case BOOL -> "BOOL";
    };
  }

  /** The type with a name, or null where there is none of that name. */
  static @Nullable DType named(String name) {
    for (DType dtype : DType.values()) {
      if (nameOf(dtype).equals(name)) {
        return dtype;
      }
    }
    return null;
  }
}
