package dev.tempera.cpu.simd;

import java.lang.foreign.ValueLayout;

/** Loops that find the place of the largest or smallest of float32 numbers. */
public final class ArgmaxLoops {
  private ArgmaxLoops() {}

  /**
   * The index of the first largest number; NaN counts as the largest.
   *
   * @param stride bytes from one number to the next
   * @param count at least 1
   */
  public static int firstLargest(long from, long stride, int count) {
    int best = 0;
    float largest = get(from);
    for (int i = 1; i < count && !Float.isNaN(largest); i++) {
      float value = get(from + i * stride);
      if (value > largest || Float.isNaN(value)) {
        best = i;
        largest = value;
      }
    }
    return best;
  }

  /**
   * The index of the first smallest number; NaN counts as the smallest.
   *
   * @param stride bytes from one number to the next
   * @param count at least 1
   */
  public static int firstSmallest(long from, long stride, int count) {
    int best = 0;
    float smallest = get(from);
    for (int i = 1; i < count && !Float.isNaN(smallest); i++) {
      float value = get(from + i * stride);
      if (value < smallest || Float.isNaN(value)) {
        best = i;
        smallest = value;
      }
    }
    return best;
  }

  /** Writes an index. */
  public static void put(long to, int index) {
    AddressSpace.ALL.set(ValueLayout.JAVA_INT_UNALIGNED, to, index);
  }

  private static float get(long address) {
    return AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }
}
