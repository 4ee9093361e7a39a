package dev.tempera.cpu.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Zones before and after the part of a block that is given out, for tests: a kernel that writes
 * there is found when the memory comes back. Everything is filled with bytes that make NaN, so that
 * a kernel that reads there, or reads what it has not written, is found by its result.
 */
final class BlockGuard {
  /** No zones, no filling. */
  static final BlockGuard NONE = new BlockGuard(0);

  /** Zones that leave the memory aligned as kernels expect it. */
  static final BlockGuard ZONES = new BlockGuard(1024);

  private static final byte PATTERN = (byte) 0xFF;

  private final long zone;

  private BlockGuard(long zone) {
    this.zone = zone;
  }

  /** The size of a block for so many bytes and the zones around them. */
  long sizeAround(long bytes) {
    return bytes + 2 * zone;
  }

  /** The part of a block that is given out, everything filled. */
  MemorySegment arm(MemorySegment block, long bytes) {
    if (zone > 0) {
      block.fill(PATTERN);
    }
    return block.asSlice(zone, bytes);
  }

  /**
   * Checks the zones of a block that came back.
   *
   * @throws IllegalStateException if one was written to
   */
  void check(MemorySegment block, long bytes) {
    if (zone == 0) {
      return;
    }
    requireUntouched(block, 0, zone, bytes);
    requireUntouched(block, zone + bytes, block.byteSize(), bytes);
  }

  private void requireUntouched(MemorySegment block, long from, long to, long bytes) {
    for (long i = from; i < to; i++) {
      if (block.get(ValueLayout.JAVA_BYTE, i) != PATTERN) {
        throw new IllegalStateException(
            "cpu: a kernel wrote outside of its memory\n  place   byte "
                + (i - zone)
                + " of "
                + bytes);
      }
    }
  }
}
