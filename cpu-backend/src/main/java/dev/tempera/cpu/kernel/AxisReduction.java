package dev.tempera.cpu.kernel;

import dev.tempera.backend.ReduceOp;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.ReduceLoops;
import dev.tempera.data.DType;

/**
 * Combines dense float32 or float64 numbers (outer, length, inner) along their middle axis into
 * float64 numbers (outer, inner).
 *
 * <p>The middle axis is cut into chunks that depend on the lengths alone; their results are
 * combined in order. Where the inner axis is too short for vectors, several neighbouring rows count
 * as one wide row whose parts are combined at the end of the chunk; single elements are read as
 * several streams.
 */
final class AxisReduction {
  /** Elements of a chunk, at least. */
  private static final int CHUNK = 1 << 15;

  /** With so many tasks, chunks need not be shorter. */
  private static final int TASKS = 64;

  /** Longest stretch of the inner axis that one task does; a multiple of all vectors' lanes. */
  private static final int BLOCK = 1 << 11;

  /** Inner axes at least this many vectors long are done as they are. */
  private static final int WIDE = 4;

  private final ReduceOp op;
  private final DType source;
  private final long outer;
  private final long length;
  private final long inner;
  private final int joined;
  private final int block;
  private final long blocks;
  private final long chunk;
  private final long chunks;

  AxisReduction(ReduceOp op, DType source, long outer, long length, long inner) {
    this.op = op;
    this.source = source;
    this.outer = outer;
    this.length = length;
    this.inner = inner;
    this.joined = inner >= (long) WIDE * Lanes.COUNT ? 1 : joinedRows((int) inner);
    this.block = (int) Math.min(inner, BLOCK);
    this.blocks = Math.ceilDiv(inner, block);
    long rows = Math.max(CHUNK / ((long) block * joined), 1);
    long share = Math.ceilDiv(outer * blocks * length, (long) TASKS * joined);
    this.chunk = Math.max(rows, share) * joined;
    this.chunks = Math.max(Math.ceilDiv(length, chunk), 1);
  }

  /** How many rows make a wide row: at least two vectors long, and a whole number of vectors. */
  private static int joinedRows(int inner) {
    if (inner == 1) {
      return ReduceLoops.STREAMED;
    }
    int joined = 1;
    while (joined * inner % Lanes.COUNT != 0) {
      joined *= 2;
    }
    while (joined * inner < 2 * Lanes.COUNT) {
      joined *= 2;
    }
    return joined;
  }

  /**
   * Does it.
   *
   * @param from address of the numbers
   * @param to address of the float64 results
   */
  void run(CpuMemory memory, Workers workers, long from, long to) {
    if (chunks == 1) {
      parts(memory, workers, from, to);
      return;
    }
    try (Scratch partial = memory.scratch(outer * chunks * inner * Double.BYTES)) {
      parts(memory, workers, from, partial.address());
      FoldedAxis folded = new FoldedAxis(op, outer, chunks, inner);
      folded.run(workers, partial.address(), to);
    }
  }

  /** Combines each chunk: (outer, chunks, inner). */
  private void parts(CpuMemory memory, Workers workers, long from, long to) {
    long each = Math.max(Math.min(length, chunk) * block, 1);
    long grain = Math.max(CHUNK / each, 1);
    workers.forRange(
        outer * chunks * blocks,
        grain,
        memory,
        (long) joined * block * Double.BYTES,
        (start, end, wide) -> tasks(start, end, from, to, wide));
  }

  private void tasks(long start, long end, long from, long to, long wide) {
    for (long task = start; task < end; task++) {
      long column = task % blocks * block;
      long part = task / blocks;
      long firstRow = part % chunks * chunk;
      int rows = (int) Math.min(chunk, length - firstRow);
      int columns = (int) Math.min(block, inner - column);
      long first = (part / chunks * length + firstRow) * inner + column;
      long target = part * inner + column;
      one(from + first * source.byteSize(), rows, columns, wide, to + target * Double.BYTES);
    }
  }

  private void one(long from, int rows, int columns, long wide, long to) {
    if (source == DType.FLOAT64) {
      ReduceLoops.clear(op, to, columns);
      ReduceLoops.doublesInto(op, from, rows, inner * Double.BYTES, columns, to);
    } else {
      oneOfFloats(from, rows, columns, wide, to);
    }
  }

  private void oneOfFloats(long from, int rows, int columns, long wide, long to) {
    long rowBytes = inner * Float.BYTES;
    if (joined == 1) {
      int whole = columns - columns % Lanes.COUNT;
      ReduceLoops.columns(op, from, rows, rowBytes, whole, to);
      long rest = to + (long) whole * Double.BYTES;
      ReduceLoops.clear(op, rest, columns - whole);
      long source = from + (long) whole * Float.BYTES;
      ReduceLoops.into(op, source, rows, rowBytes, columns - whole, rest);
      return;
    }
    int wideRows = rows / joined;
    if (wideRows == 0) {
      ReduceLoops.clear(op, to, columns);
    } else if (inner == 1) {
      ReduceLoops.streams(op, from, wideRows, wide);
      ReduceLoops.fold(op, wide, ReduceLoops.STREAM_RESULTS, columns, to);
    } else {
      ReduceLoops.columns(op, from, wideRows, joined * rowBytes, joined * columns, wide);
      ReduceLoops.fold(op, wide, joined, columns, to);
    }
    int done = wideRows * joined;
    ReduceLoops.into(op, from + done * rowBytes, rows - done, rowBytes, columns, to);
  }
}
