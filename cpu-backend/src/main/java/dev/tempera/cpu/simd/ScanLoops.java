package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.DoubleVector;

/** Loops over running totals of float32 numbers, kept in float64; strides are in bytes. */
public final class ScanLoops {
  private ScanLoops() {}

  /** The sum of a run. */
  public static double sum(long from, long stride, int count) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += ALL.get(JAVA_FLOAT_UNALIGNED, (from + i * stride) & MASK);
    }
    return total;
  }

  /** Writes the running totals of a run, on top of what came before. */
  public static void scan(long from, long stride, int count, double before, long to) {
    double total = before;
    for (int i = 0; i < count; i++) {
      total += ALL.get(JAVA_FLOAT_UNALIGNED, (from + i * stride) & MASK);
      ALL.set(JAVA_FLOAT_UNALIGNED, (to + i * stride) & MASK, (float) total);
    }
  }

  /**
   * Adds a row to totals, and writes them as float32.
   *
   * @param totals address of float64 numbers
   */
  public static void addRow(long from, long totals, int count, long to) {
    long x = from & MASK;
    long t = totals & MASK;
    long y = to & MASK;
    int i = 0;
    for (; i <= count - DoubleLanes.COUNT; i += DoubleLanes.COUNT) {
      long place = (long) i * Float.BYTES;
      DoubleVector total = DoubleLanes.load(t + 2 * place).add(DoubleLanes.loadFloats(x + place));
      DoubleLanes.store(total, t + 2 * place);
      DoubleLanes.storeFloats(total, y + place);
    }
    for (; i < count; i++) {
      long place = (long) i * Float.BYTES;
      double total =
          ALL.get(JAVA_DOUBLE_UNALIGNED, t + 2 * place) + ALL.get(JAVA_FLOAT_UNALIGNED, x + place);
      ALL.set(JAVA_DOUBLE_UNALIGNED, t + 2 * place, total);
      ALL.set(JAVA_FLOAT_UNALIGNED, y + place, (float) total);
    }
  }
}
