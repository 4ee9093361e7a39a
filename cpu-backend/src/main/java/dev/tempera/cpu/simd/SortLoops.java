package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.tempera.backend.SortOrder;

/**
 * Loops that sort float32 numbers. An entry is eight bytes: a key whose order as an integer is that
 * of the numbers in the upper half, and where the number was in the lower, so that entries of equal
 * numbers stand in their order.
 */
public final class SortLoops {
  /** Bytes of memory that {@link #sort} counts in. */
  public static final long COUNTER_BYTES = 4L << SortLoops.DIGIT_BITS;

  /** Up to this many entries are sorted by insertion. */
  private static final int FEW = 48;

  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private SortLoops() {}

  /** The entry of a number, whose order among entries is that among numbers. */
  private static long entry(float value, int place, SortOrder order) {
    int bits = Float.floatToRawIntBits(value + 0f);
    int ascending =
        Float.isNaN(value) ? Integer.MAX_VALUE : bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    int key = order == SortOrder.ASCENDING ? ascending : ~ascending;
    return ((long) key << 32) | place;
  }

  /** Makes entries of the numbers of a line. */
  public static void enter(long from, long stride, int count, SortOrder order, long entries) {
    for (int i = 0; i < count; i++) {
      float value = ALL.get(JAVA_FLOAT_UNALIGNED, (from + i * stride) & MASK);
      set(entries, i, entry(value, i, order));
    }
  }

  /**
   * Makes sorted entries of the first numbers of a line in order: a heap holds them, the last at
   * its root, until all numbers were seen.
   *
   * @param kept how many, at least 1
   */
  public static void enterFirst(
      long from, long stride, int count, SortOrder order, int kept, long entries) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      float value = ALL.get(JAVA_FLOAT_UNALIGNED, (from + i * stride) & MASK);
      long entry = entry(value, i, order);
      if (size < kept) {
        rise(entries, size++, entry);
      } else if (entry < get(entries, 0)) {
        sink(entries, kept, entry);
      }
    }
    for (int last = kept - 1; last > 0; last--) {
      long root = get(entries, 0);
      sink(entries, last, get(entries, last));
      set(entries, last, root);
    }
  }

  private static void rise(long entries, int last, long entry) {
    int place = last;
    while (place > 0 && get(entries, (place - 1) / 2) < entry) {
      set(entries, place, get(entries, (place - 1) / 2));
      place = (place - 1) / 2;
    }
    set(entries, place, entry);
  }

  private static void sink(long entries, int size, long entry) {
    int place = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && get(entries, child + 1) > get(entries, child)) {
        child++;
      }
      if (get(entries, child) <= entry) {
        break;
      }
      set(entries, place, get(entries, child));
      place = child;
      child = 2 * place + 1;
    }
    set(entries, place, entry);
  }

  /**
   * Sorts entries that {@link #enter} made.
   *
   * @param spare memory for as many entries
   * @param counters memory of {@link #COUNTER_BYTES}
   * @return where they are now: at their place or in the spare memory
   */
  public static long sort(long entries, int count, long spare, long counters) {
    if (count <= FEW) {
      insert(entries, count);
      return entries;
    }
    // Entries begin in the order of their places, and each pass keeps it where digits agree.
    pass(entries, count, spare, counters, 32);
    pass(spare, count, entries, counters, 32 + DIGIT_BITS);
    pass(entries, count, spare, counters, 32 + 2 * DIGIT_BITS);
    return spare;
  }

  private static void insert(long entries, int count) {
    for (int i = 1; i < count; i++) {
      long entry = get(entries, i);
      int place = i;
      while (place > 0 && get(entries, place - 1) > entry) {
        set(entries, place, get(entries, place - 1));
        place--;
      }
      set(entries, place, entry);
    }
  }

  /** Sorts by one digit, the sign being above it: entries with equal digits keep their order. */
  private static void pass(long from, int count, long to, long counters, int shift) {
    CopyLoops.fill(counters, COUNTER_BYTES, 0);
    for (int i = 0; i < count; i++) {
      long counter = counter(counters, get(from, i), shift);
      ALL.set(JAVA_INT_UNALIGNED, counter, ALL.get(JAVA_INT_UNALIGNED, counter) + 1);
    }
    int before = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      long counter = (counters + digit * 4L) & MASK;
      int own = ALL.get(JAVA_INT_UNALIGNED, counter);
      ALL.set(JAVA_INT_UNALIGNED, counter, before);
      before += own;
    }
    for (int i = 0; i < count; i++) {
      long entry = get(from, i);
      long counter = counter(counters, entry, shift);
      int place = ALL.get(JAVA_INT_UNALIGNED, counter);
      ALL.set(JAVA_INT_UNALIGNED, counter, place + 1);
      set(to, place, entry);
    }
  }

  private static long counter(long counters, long entry, int shift) {
    long digit = ((entry ^ Long.MIN_VALUE) >>> shift) & (DIGITS - 1);
    return (counters + digit * 4L) & MASK;
  }

  /**
   * Writes the numbers and places of sorted entries.
   *
   * @param from where the line began that was entered
   * @param toStride from one number, and from one place, to the next
   */
  public static void leave(
      long entries,
      int count,
      long from,
      long fromStride,
      long values,
      long places,
      long toStride) {
    for (int i = 0; i < count; i++) {
      int place = (int) get(entries, i);
      int bits = ALL.get(JAVA_INT_UNALIGNED, (from + place * fromStride) & MASK);
      ALL.set(JAVA_INT_UNALIGNED, (values + i * toStride) & MASK, bits);
      ALL.set(JAVA_INT_UNALIGNED, (places + i * toStride) & MASK, place);
    }
  }

  private static long get(long entries, int place) {
    return ALL.get(JAVA_LONG_UNALIGNED, (entries + place * 8L) & MASK);
  }

  private static void set(long entries, int place, long entry) {
    ALL.set(JAVA_LONG_UNALIGNED, (entries + place * 8L) & MASK, entry);
  }
}
