package dev.tempera.vgg.format.onnx;

import dev.tempera.data.DType;
import org.jspecify.annotations.Nullable;

/** The element types of ONNX by the numbers that {@code TensorProto.DataType} has for them. */
final class OnnxType {
  private OnnxType() {}

  /** The type with a number, or null where there is no such type here. */
  static @Nullable DType of(long number) {
    return switch ((int) number) {
      case 1 -> DType.FLOAT32;
      case 2 -> DType.UINT8;
      case 3 -> DType.INT8;
      case 5 -> DType.INT16;
      case 6 -> DType.INT32;
      case 7 -> DType.INT64;
      case 9 -> DType.BOOL;
      case 10 -> DType.FLOAT16;
      case 11 -> DType.FLOAT64;
      case 16 -> DType.BFLOAT16;
      default -> null;
    };
  }
}
