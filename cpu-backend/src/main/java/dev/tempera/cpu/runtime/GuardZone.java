package dev.tempera.cpu.runtime;

import java.lang.foreign.MemorySegment;

/** A pattern behind a buffer that shows whether something was written beyond its end. */
final class GuardZone {
  /** How many bytes there are. */
  static final int BYTES = 256;

  private static final byte PATTERN = 0x5A;
  private static final MemorySegment INTACT =
      MemorySegment.ofArray(new byte[BYTES]).fill(PATTERN).asReadOnly();

  private GuardZone() {}

  /** Writes the pattern behind the first bytes of a block. */
  static void mark(MemorySegment block, long bytes) {
    block.asSlice(bytes, BYTES).copyFrom(INTACT);
  }

  /**
   * Looks at the pattern.
   *
   * @throws IllegalStateException if it has changed
   */
  static void check(MemorySegment block, long bytes) {
    long place = block.asSlice(bytes, BYTES).mismatch(INTACT);
    if (place >= 0) {
      throw new IllegalStateException(
          "cpu: a kernel wrote " + place + " bytes beyond the end of a buffer of " + bytes);
    }
  }
}
