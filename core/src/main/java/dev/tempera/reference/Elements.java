package dev.tempera.reference;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import dev.tempera.data.HostStorage;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads and writes single elements of a view in main memory as doubles, whatever their type. */
final class Elements {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final View view;
  private final DType dtype;
  private final MemorySegment segment;

  /**
   * The elements of a view.
   *
   * @throws IllegalStateException if its memory was given back
   */
  Elements(View view) {
    if (view.storage().isReleased()) {
      throw new IllegalStateException("elements: their memory was given back\n  view    " + view);
    }
    this.view = view;
    this.dtype = view.dtype();
    this.segment = ((HostStorage) view.storage()).segment();
  }

  /** The element at these coordinates. */
  double get(int... coordinates) {
    return at(view.indexOf(coordinates));
  }

  /** Sets the element at these coordinates, rounded to the type. */
  void set(double value, int... coordinates) {
    put(view.indexOf(coordinates), value);
  }

  /** Adds to the element at these coordinates. */
  void add(double value, int... coordinates) {
    set(get(coordinates) + value, coordinates);
  }

  private double at(long index) {
    long bytes = index * dtype.byteSize();
    return switch (dtype) {
      case FLOAT32 -> segment.get(FLOAT, bytes);
      case FLOAT64 -> segment.get(DOUBLE, bytes);
      case FLOAT16 -> HalfFloats.fromFloat16(segment.get(SHORT, bytes));
      case BFLOAT16 -> HalfFloats.fromBfloat16(segment.get(SHORT, bytes));
      case INT8 -> segment.get(BYTE, bytes);
      case UINT8, BOOL -> segment.get(BYTE, bytes) & 0xFF;
      case INT16 -> segment.get(SHORT, bytes);
      case INT32 -> segment.get(INT, bytes);
      case INT64 -> segment.get(LONG, bytes);
    };
  }

  private void put(long index, double value) {
    long bytes = index * dtype.byteSize();
    switch (dtype) {
      case FLOAT32 -> segment.set(FLOAT, bytes, (float) value);
      case FLOAT64 -> segment.set(DOUBLE, bytes, value);
      case FLOAT16 -> segment.set(SHORT, bytes, HalfFloats.toFloat16(value));
      case BFLOAT16 -> segment.set(SHORT, bytes, HalfFloats.toBfloat16(value));
      case INT8, UINT8 -> segment.set(BYTE, bytes, (byte) (long) value);
      case BOOL -> segment.set(BYTE, bytes, (byte) (value != 0 ? 1 : 0));
      case INT16 -> segment.set(SHORT, bytes, (short) (long) value);
      case INT32 -> segment.set(INT, bytes, (int) value);
      case INT64 -> segment.set(LONG, bytes, (long) value);
    }
  }

  /** Copies the element at these coordinates from a view of the same type, bit for bit. */
  void copyFrom(Elements source, int... coordinates) {
    copyFrom(source, coordinates, coordinates);
  }

  /** Copies an element from other coordinates of a view of the same type, bit for bit. */
  void copyFrom(Elements source, int[] to, int[] from) {
    long target = view.indexOf(to) * dtype.byteSize();
    long place = source.view.indexOf(from) * dtype.byteSize();
    switch (dtype.byteSize()) {
      case 1 -> segment.set(BYTE, target, source.segment.get(BYTE, place));
      case 2 -> segment.set(SHORT, target, source.segment.get(SHORT, place));
      case 4 -> segment.set(INT, target, source.segment.get(INT, place));
      default -> segment.set(LONG, target, source.segment.get(LONG, place));
    }
  }
}
