package dev.tempera.cpu.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/**
 * Loops that write normalised elements and their gradients. Coefficients come as rows of float32:
 * of a run of elements with one mean each is one number, of rows of channels it is one for each
 * channel.
 */
public final class NormLoops {
  private NormLoops() {}

  /** y = (x − mean)·factor + shift. */
  public static void run(long from, long to, int count, float mean, float factor, float shift) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    FloatVector m = FloatVector.broadcast(Lanes.FLOATS, mean);
    FloatVector a = FloatVector.broadcast(Lanes.FLOATS, factor);
    FloatVector b = FloatVector.broadcast(Lanes.FLOATS, shift);
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).sub(m).fma(a, b), y + i);
    }
    for (int i = whole * Float.BYTES; i < count * Float.BYTES; i += Float.BYTES) {
      set(y + i, Math.fma(get(x + i) - mean, factor, shift));
    }
  }

  /**
   * y = (x − mean)·factor + shift, each of them in the order of the channels.
   *
   * @param coefficients address of a row of means, one of factors and one of shifts
   */
  public static void rows(long from, long to, int rows, int channels, long coefficients) {
    long m = coefficients & AddressSpace.MASK;
    long a = (m + (long) channels * Float.BYTES) & AddressSpace.MASK;
    long b = (a + (long) channels * Float.BYTES) & AddressSpace.MASK;
    int whole = channels - channels % Lanes.COUNT;
    for (int row = 0; row < rows; row++) {
      long x = (from + (long) row * channels * Float.BYTES) & AddressSpace.MASK;
      long y = (to + (long) row * channels * Float.BYTES) & AddressSpace.MASK;
      for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
        FloatVector centred = Lanes.load(x + i).sub(Lanes.load(m + i));
        Lanes.store(centred.fma(Lanes.load(a + i), Lanes.load(b + i)), y + i);
      }
      for (int i = whole * Float.BYTES; i < channels * Float.BYTES; i += Float.BYTES) {
        set(y + i, Math.fma(get(x + i) - get(m + i), get(a + i), get(b + i)));
      }
    }
  }

  /**
   * y = ((x − mean)·factor + correction)·scale + shift, with scales and shifts in the order of the
   * elements.
   */
  public static void affineRun(
      long from,
      long to,
      int count,
      float mean,
      float factor,
      float correction,
      long scales,
      long shifts) {
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    long s = scales & AddressSpace.MASK;
    long b = shifts & AddressSpace.MASK;
    FloatVector m = FloatVector.broadcast(Lanes.FLOATS, mean);
    FloatVector a = FloatVector.broadcast(Lanes.FLOATS, factor);
    FloatVector c = FloatVector.broadcast(Lanes.FLOATS, correction);
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      FloatVector normal = Lanes.load(x + i).sub(m).fma(a, c);
      Lanes.store(normal.fma(Lanes.load(s + i), Lanes.load(b + i)), y + i);
    }
    for (int i = whole * Float.BYTES; i < count * Float.BYTES; i += Float.BYTES) {
      float normal = Math.fma(get(x + i) - mean, factor, correction);
      set(y + i, Math.fma(normal, get(s + i), get(b + i)));
    }
  }

  /**
   * ∂x = factor·scale·g + pull·(x − mean) + offset of a run.
   *
   * @param scales address of the scales, in the order of the elements; 0 for 1
   */
  public static void gradientRun(
      long gradient,
      long from,
      long to,
      int count,
      float mean,
      float factor,
      float pull,
      float offset,
      long scales) {
    long g = gradient & AddressSpace.MASK;
    long x = from & AddressSpace.MASK;
    long y = to & AddressSpace.MASK;
    long s = (scales == 0 ? gradient : scales) & AddressSpace.MASK;
    boolean isScaled = scales != 0;
    FloatVector m = FloatVector.broadcast(Lanes.FLOATS, mean);
    FloatVector a = FloatVector.broadcast(Lanes.FLOATS, factor);
    FloatVector b = FloatVector.broadcast(Lanes.FLOATS, pull);
    FloatVector c = FloatVector.broadcast(Lanes.FLOATS, offset);
    int whole = count - count % Lanes.COUNT;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      FloatVector slope = Lanes.load(g + i);
      if (isScaled) {
        slope = slope.mul(Lanes.load(s + i));
      }
      FloatVector pulled = Lanes.load(x + i).sub(m).fma(b, c);
      Lanes.store(slope.fma(a, pulled), y + i);
    }
    for (int i = whole * Float.BYTES; i < count * Float.BYTES; i += Float.BYTES) {
      float slope = isScaled ? get(g + i) * get(s + i) : get(g + i);
      set(y + i, Math.fma(slope, factor, Math.fma(get(x + i) - mean, pull, offset)));
    }
  }

  /**
   * ∂x = factor·g + pull·(x − mean) + offset, each of them in the order of the channels.
   *
   * @param coefficients address of a row of means, one of factors, one of pulls and one of offsets
   */
  public static void gradientRows(
      long gradient, long from, long to, int rows, int channels, long coefficients) {
    long m = coefficients & AddressSpace.MASK;
    long a = (m + (long) channels * Float.BYTES) & AddressSpace.MASK;
    long b = (a + (long) channels * Float.BYTES) & AddressSpace.MASK;
    long c = (b + (long) channels * Float.BYTES) & AddressSpace.MASK;
    int whole = channels - channels % Lanes.COUNT;
    for (int row = 0; row < rows; row++) {
      long g = (gradient + (long) row * channels * Float.BYTES) & AddressSpace.MASK;
      long x = (from + (long) row * channels * Float.BYTES) & AddressSpace.MASK;
      long y = (to + (long) row * channels * Float.BYTES) & AddressSpace.MASK;
      for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
        FloatVector centred = Lanes.load(x + i).sub(Lanes.load(m + i));
        FloatVector pulled = centred.fma(Lanes.load(b + i), Lanes.load(c + i));
        Lanes.store(Lanes.load(g + i).fma(Lanes.load(a + i), pulled), y + i);
      }
      for (int i = whole * Float.BYTES; i < channels * Float.BYTES; i += Float.BYTES) {
        float pulled = Math.fma(get(x + i) - get(m + i), get(b + i), get(c + i));
        set(y + i, Math.fma(get(g + i), get(a + i), pulled));
      }
    }
  }

  private static float get(long address) {
    return AddressSpace.ALL.get(JAVA_FLOAT_UNALIGNED, address);
  }

  private static void set(long address, float value) {
    AddressSpace.ALL.set(JAVA_FLOAT_UNALIGNED, address, value);
  }
}
