package dev.tempera.vgg.format.mxnet;

import dev.tempera.data.DType;
import org.jspecify.annotations.Nullable;

/** The element types of MXNet by the numbers that its files have for them (mshadow's flags). */
final class MxnetType {
  private MxnetType() {}

  /** The type with a number, or null where there is no such type here. */
  static @Nullable DType of(int flag) {
    return switch (flag) {
      case 0 -> DType.FLOAT32;
      case 1 -> DType.FLOAT64;
      case 2 -> DType.FLOAT16;
      case 3 -> DType.UINT8;
      case 4 -> DType.INT32;
      case 5 -> DType.INT8;
      case 6 -> DType.INT64;
      case 7 -> DType.BOOL;
      case 8 -> DType.INT16;
      case 12 -> DType.BFLOAT16;
      default -> null;
    };
  }
}
