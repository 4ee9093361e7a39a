package dev.tempera.cpu.simd;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * All memory of this process as one segment, so that vector loads and stores take plain addresses.
 *
 * <p>Loops mask an address with {@link #MASK} once and add constants after that: the compiler then
 * knows that it lies inside the segment and leaves every bounds check away. Nothing here stops a
 * wrong address: views check their bounds when they are made, and kernels hold on to them.
 */
public final class AddressSpace {
  /** The bytes from address 0 on. */
  @SuppressWarnings("restricted") // The one place that steps outside checked memory; see above.
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** Keeps every bit that a user-space address has. */
  static final long MASK = 0xFFFF_FFFF_FFFFL;

  /** The byte order of vectors in memory. */
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private AddressSpace() {}
}
