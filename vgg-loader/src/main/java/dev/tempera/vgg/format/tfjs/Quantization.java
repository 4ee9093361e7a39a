package dev.tempera.vgg.format.tfjs;

import dev.tempera.data.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How numbers are stored in fewer bits: a number is q·scale + minimum.
 *
 * @param stored the type of q: uint8 or uint16
 * @param scale the distance of neighbouring numbers
 * @param minimum the number that q = 0 stands for
 * @see <a href="https://github.com/tensorflow/tfjs/tree/master/tfjs-converter">the converter's
 *     documentation, "Quantization"</a>
 */
record Quantization(Stored stored, double scale, double minimum) {
  private static final ValueLayout.OfShort INT16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The types that quantised numbers are stored in. */
  enum Stored {
    /** One byte. */
    UINT8(1),
    /** Two bytes, little-endian. */
    UINT16(2);

    private final int byteSize;

    Stored(int byteSize) {
      this.byteSize = byteSize;
    }

    /** How many bytes one takes. */
    int byteSize() {
      return byteSize;
    }
  }

  /**
   * Writes the numbers that stored ones stand for.
   *
   * @param from the stored ones
   * @param to memory for as many float32 or int32, little-endian
   * @param dtype float32, or int32, which rounds
   */
  void expand(MemorySegment from, MemorySegment to, DType dtype) {
    long count = from.byteSize() / stored.byteSize();
    for (long i = 0; i < count; i++) {
      int q =
          stored == Stored.UINT8
              ? from.get(ValueLayout.JAVA_BYTE, i) & 0xFF
              : from.get(INT16, 2 * i) & 0xFFFF;
      double value = q * scale + minimum;
      int bits =
          dtype == DType.INT32 ? (int) Math.rint(value) : Float.floatToIntBits((float) value);
      to.set(INT32, 4 * i, bits);
    }
  }
}
