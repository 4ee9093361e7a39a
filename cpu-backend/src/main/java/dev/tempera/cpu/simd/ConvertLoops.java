package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;

/**
 * Loops that convert elements of any type to float64 and back; addresses and strides are in bytes.
 * A conversion between two types goes through a buffer of float64, which holds every value of every
 * type but the largest int64 exactly.
 */
public final class ConvertLoops {
  private ConvertLoops() {}

  /** Reads elements of a type. */
  public static void toDoubles(DType type, long from, long stride, int count, long buffer) {
    long to = buffer & MASK;
    switch (type) {
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          put(to, i, ALL.get(JAVA_FLOAT_UNALIGNED, (from + i * stride) & MASK));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          put(to, i, ALL.get(JAVA_DOUBLE_UNALIGNED, (from + i * stride) & MASK));
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          short bits = ALL.get(JAVA_SHORT_UNALIGNED, (from + i * stride) & MASK);
          put(to, i, HalfFloats.fromFloat16(bits));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          short bits = ALL.get(JAVA_SHORT_UNALIGNED, (from + i * stride) & MASK);
          put(to, i, HalfFloats.fromBfloat16(bits));
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          put(to, i, ALL.get(JAVA_BYTE, (from + i * stride) & MASK));
        }
      }
      case UINT8, BOOL -> {
        for (int i = 0; i < count; i++) {
          put(to, i, ALL.get(JAVA_BYTE, (from + i * stride) & MASK) & 0xFF);
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          put(to, i, ALL.get(JAVA_SHORT_UNALIGNED, (from + i * stride) & MASK));
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          put(to, i, ALL.get(JAVA_INT_UNALIGNED, (from + i * stride) & MASK));
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          put(to, i, (double) ALL.get(JAVA_LONG_UNALIGNED, (from + i * stride) & MASK));
        }
      }
    }
  }

  /**
   * Writes elements of a type: floating types round to the nearest, integer types cut the fraction
   * off and keep the low bits (int32 and int64 stop at their ends), bools are 1 where the number is
   * not 0.
   */
  public static void fromDoubles(DType type, long buffer, long to, long stride, int count) {
    long from = buffer & MASK;
    switch (type) {
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_FLOAT_UNALIGNED, (to + i * stride) & MASK, (float) get(from, i));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_DOUBLE_UNALIGNED, (to + i * stride) & MASK, get(from, i));
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          short bits = HalfFloats.toFloat16(get(from, i));
          ALL.set(JAVA_SHORT_UNALIGNED, (to + i * stride) & MASK, bits);
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          short bits = HalfFloats.toBfloat16(get(from, i));
          ALL.set(JAVA_SHORT_UNALIGNED, (to + i * stride) & MASK, bits);
        }
      }
      case INT8, UINT8 -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_BYTE, (to + i * stride) & MASK, (byte) (long) get(from, i));
        }
      }
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_BYTE, (to + i * stride) & MASK, (byte) (get(from, i) != 0 ? 1 : 0));
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_SHORT_UNALIGNED, (to + i * stride) & MASK, (short) (long) get(from, i));
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_INT_UNALIGNED, (to + i * stride) & MASK, (int) get(from, i));
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          ALL.set(JAVA_LONG_UNALIGNED, (to + i * stride) & MASK, (long) get(from, i));
        }
      }
    }
  }

  private static double get(long buffer, int i) {
    return ALL.get(JAVA_DOUBLE_UNALIGNED, buffer + (long) i * Double.BYTES);
  }

  private static void put(long buffer, int i, double value) {
    ALL.set(JAVA_DOUBLE_UNALIGNED, buffer + (long) i * Double.BYTES, value);
  }
}
