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

  /** Longest stretch of the inner axis that one task does. */
  private static final int BLOCK = 1 << 9;

  /** Does it, from and to these addresses. */
  void run(Workers workers, long from, long to) {
    int block = (int) Math.min(Math.max(inner, 1), BLOCK);
    long blocks = Math.ceilDiv(inner, block);
    long rowBytes = inner * Double.BYTES;
    workers.forRange(
        outer * blocks,
        Math.max(GRAIN / Math.max(length * block, 1), 1),
        (start, end) -> {
          for (long i = start; i < end; i++) {
            long column = i % blocks * block;
            int columns = (int) Math.min(block, inner - column);
            long stack = i / blocks;
            long source = from + stack * length * rowBytes + column * Double.BYTES;
            long target = to + stack * rowBytes + column * Double.BYTES;
            ReduceLoops.foldColumns(op, source, Math.toIntExact(length), rowBytes, columns, target);
          }
        });
  }
}
