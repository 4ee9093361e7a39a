package dev.tempera.data;

/**
 * The type of one element of a tensor: what a number means and how many bytes it takes in memory.
 */
public enum DType {
  /** IEEE 754 binary32, the type every backend computes in. */
  FLOAT32("float32", 4, true),
  /** IEEE 754 binary64; gradient checks run in it. */
  FLOAT64("float64", 8, true),
  /** IEEE 754 binary16, a storage type: convert before computing. */
  FLOAT16("float16", 2, true),
  /** The upper half of a binary32 (8 exponent bits), a storage type: convert before computing. */
  BFLOAT16("bfloat16", 2, true),
  /** Signed 8-bit integer. */
  INT8("int8", 1, false),
  /** Unsigned 8-bit integer. */
  UINT8("uint8", 1, false),
  /** Signed 16-bit integer, little-endian. */
  INT16("int16", 2, false),
  /** Signed 32-bit integer, little-endian; indices come in this type. */
  INT32("int32", 4, false),
  /** Signed 64-bit integer, little-endian. */
  INT64("int64", 8, false),
  /** One byte, 0 or 1; comparisons give this type. */
  BOOL("bool", 1, false);

  private final String text;
  private final int byteSize;
  private final boolean floating;

  DType(String text, int byteSize, boolean floating) {
    this.text = text;
    this.byteSize = byteSize;
    this.floating = floating;
  }

  /** Bytes one element takes. */
  public int byteSize() {
    return byteSize;
  }

  /** Whether the type holds real numbers, and so can carry a gradient. */
  public boolean isFloating() {
    return floating;
  }

  /**
   * Whether kernels compute in this type (float32 and float64); the half types are storage only.
   */
  public boolean isComputable() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** The name as NumPy and PyTorch write it, such as {@code float32}. */
  @Override
  public String toString() {
    return text;
  }
}
