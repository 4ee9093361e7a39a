package dev.tempera.testkit;

import dev.tempera.data.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes and reads dense elements of any type, apart from what backends do. */
final class ElementCodec {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private ElementCodec() {}

  /** The bytes of some elements, rounded to the type. */
  static byte[] encode(double[] elements, DType dtype) {
    byte[] bytes = new byte[elements.length * dtype.byteSize()];
    MemorySegment segment = MemorySegment.ofArray(bytes);
    for (int i = 0; i < elements.length; i++) {
      put(segment, (long) i * dtype.byteSize(), dtype, elements[i]);
    }
    return bytes;
  }

  /** The elements that some bytes hold. */
  static double[] decode(byte[] bytes, DType dtype) {
    MemorySegment segment = MemorySegment.ofArray(bytes);
    double[] elements = new double[bytes.length / dtype.byteSize()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = get(segment, (long) i * dtype.byteSize(), dtype);
    }
    return elements;
  }

  private static void put(MemorySegment segment, long place, DType dtype, double value) {
    switch (dtype) {
      case FLOAT32 -> segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, place, (float) value);
      case FLOAT64 -> segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, place, value);
      case FLOAT16 -> segment.set(SHORT, place, float16(value));
      case BFLOAT16 -> segment.set(SHORT, place, bfloat16((float) value));
      case BOOL -> segment.set(ValueLayout.JAVA_BYTE, place, (byte) (value == 0 ? 0 : 1));
      case INT8, UINT8 -> segment.set(ValueLayout.JAVA_BYTE, place, (byte) (int) value);
      case INT16 -> segment.set(SHORT, place, (short) (int) value);
      case INT32 -> segment.set(ValueLayout.JAVA_INT_UNALIGNED, place, (int) value);
      case INT64 -> segment.set(ValueLayout.JAVA_LONG_UNALIGNED, place, (long) value);
    }
  }

  /** The nearest of the numbers around the rounded float; of equally near ones the even one. */
  private static short float16(double value) {
    short guess = Float.floatToFloat16((float) value);
    short best = guess;
    for (short other : new short[] {(short) (guess - 1), (short) (guess + 1)}) {
      double distance = Math.abs(Float.float16ToFloat(other) - value);
      double least = Math.abs(Float.float16ToFloat(best) - value);
      if (distance < least || (distance == least && (other & 1) == 0)) {
        best = other;
      }
    }
    return best;
  }

  /** The nearer of the two neighbours whose lower half is 0; of equally near ones the even one. */
  private static short bfloat16(float value) {
    int below = Float.floatToRawIntBits(value) & 0xFFFF0000;
    int above = below + 0x10000;
    double down = Math.abs((double) value - Float.intBitsToFloat(below));
    double up = Math.abs((double) value - Float.intBitsToFloat(above));
    boolean isEven = (below & 0x10000) == 0;
    return (short) ((down < up || (down == up && isEven) ? below : above) >>> 16);
  }

  private static double get(MemorySegment segment, long place, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, place);
      case FLOAT64 -> segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, place);
      case FLOAT16 -> Float.float16ToFloat(segment.get(SHORT, place));
      case BFLOAT16 -> Float.intBitsToFloat(segment.get(SHORT, place) << 16);
      case INT8 -> segment.get(ValueLayout.JAVA_BYTE, place);
      case UINT8, BOOL -> segment.get(ValueLayout.JAVA_BYTE, place) & 0xFF;
      case INT16 -> segment.get(SHORT, place);
      case INT32 -> segment.get(ValueLayout.JAVA_INT_UNALIGNED, place);
      case INT64 -> (double) segment.get(ValueLayout.JAVA_LONG_UNALIGNED, place);
    };
  }
}
