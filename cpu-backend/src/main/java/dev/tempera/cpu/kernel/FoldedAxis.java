package dev.tempera.cpu.kernel;

import dev.tempera.backend.ReduceOp;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.ReduceLoops;

/**
 * Combines dense float64 numbers (outer, length, inner) along their middle axis, in its order: the
 * results of chunks, or of an earlier reduction along another axis.
 *
 * @param op how
 * @param outer how many independent stacks of rows there are
 * @param length rows of a stack
 * @param inner elements of a row
 */
record FoldedAxis(ReduceOp op, long outer, long length, long inner) {
  private static final long GRAIN = 1 << 14;

  /** Does it, from and to these addresses. */
  void run(Workers workers, long from, long to) {
    long each = length * inner * Double.BYTES;
    workers.forRange(
        outer,
        Math.max(GRAIN / Math.max(length * inner, 1), 1),
        (start, end) -> {
          for (long i = start; i < end; i++) {
            ReduceLoops.fold(
                op,
                from + i * each,
                Math.toIntExact(length),
                Math.toIntExact(inner),
                to + i * inner * Double.BYTES);
          }
        });
  }
}
