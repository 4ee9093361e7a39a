package dev.tempera.interop;

import dev.tempera.data.DType;
import org.jspecify.annotations.Nullable;

/**
 * An element type as DLPack writes it ({@code DLDataType}).
 *
 * @param code the kind of number: 0 signed, 1 unsigned, 2 IEEE 754, 4 bfloat16, 6 truth value
 * @param bits of one number
 * @param lanes how many numbers make an element; 1 here
 */
public record DlpackType(int code, int bits, int lanes) {
  private static final int SIGNED = 0;
  private static final int UNSIGNED = 1;
  private static final int IEEE = 2;
  private static final int BFLOAT = 4;
  private static final int TRUTH = 6;

  /** How DLPack writes a type. */
  public static DlpackType of(DType dtype) {
    int code =
        switch (dtype) {
          case FLOAT16, FLOAT32, FLOAT64 -> IEEE;
          case BFLOAT16 -> BFLOAT;
          case INT8, INT16, INT32, INT64 -> SIGNED;
          case UINT8 -> UNSIGNED;
          case BOOL -> TRUTH;
        };
    return new DlpackType(code, dtype.byteSize() * Byte.SIZE, 1);
  }

  /** The type that this stands for; null if Tempera has none such. */
  public @Nullable DType toDType() {
    for (DType dtype : DType.values()) {
      if (equals(of(dtype))) {
        return dtype;
      }
    }
    return null;
  }
}
