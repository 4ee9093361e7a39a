package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.FlatLoop;

/**
 * Runs loops over all elements of their operands: cuts them into parts for the threads, and those
 * into spans that fit the cache. Operands that lie in another order than the result, and the last
 * few elements, which do not fill a group of the loop, go through buffers.
 */
final class FlatKernel {
  /** Elements that one call of a loop does; a multiple of its group. */
  static final int SPAN = 1 << 12;

  /** Elements that one task does; a multiple of the span. */
  private static final int PART = 1 << 16;

  private static final long BUFFER = SPAN * Double.BYTES;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  FlatKernel(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /**
   * A call of a loop, whose operands are yet to be named.
   *
   * @param order strides of a dense view, in whose memory order elements are done
   */
  FlatCall inOrder(long[] order) {
    return new FlatCall(this, memory, copy, order);
  }

  /** Runs a loop over so many elements. */
  void run(long elements, FlatLoop loop, FlatOperand[] operands) {
    workers.forRange(
        elements,
        PART,
        memory,
        operands.length * BUFFER,
        (start, end, buffers) -> part(start, end, loop, operands, buffers));
  }

  private static void part(
      long start, long end, FlatLoop loop, FlatOperand[] operands, long buffers) {
    long[] addresses = new long[operands.length];
    for (long first = start; first < end; first += SPAN) {
      int count = (int) Math.min(SPAN, end - first);
      int whole = count - count % FlatLoop.GROUP;
      if (whole > 0) {
        span(first, whole, loop, operands, false, buffers, addresses);
      }
      if (whole < count) {
        span(first + whole, count - whole, loop, operands, true, buffers, addresses);
      }
    }
  }

  private static void span(
      long first,
      int count,
      FlatLoop loop,
      FlatOperand[] operands,
      boolean isRest,
      long buffers,
      long[] addresses) {
    for (int i = 0; i < operands.length; i++) {
      if (operands[i].isDirect() && !isRest) {
        addresses[i] = operands[i].at(first);
      } else {
        addresses[i] = buffers + i * BUFFER;
        operands[i].fetch(first, count, addresses[i]);
      }
    }
    loop.run(addresses, Math.ceilDiv(count, FlatLoop.GROUP) * FlatLoop.GROUP);
    for (int i = 0; i < operands.length; i++) {
      if (isRest || !operands[i].isDirect()) {
        operands[i].put(first, count, addresses[i]);
      }
    }
  }
}
