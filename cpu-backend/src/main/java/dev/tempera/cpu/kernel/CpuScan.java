package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.ScanLoops;
import dev.tempera.data.DType;
import dev.tempera.data.View;

/**
 * Running totals of float32 tensors, kept in float64. Lines that lie side by side advance together
 * by vectors; others one by one, and long ones in chunks, whose sums are taken first, so that
 * several threads share a line. Chunks depend on shapes alone.
 */
public final class CpuScan {
  /** Elements of a task, and of a chunk of a line. */
  private static final int PART = 1 << 14;

  /** Longest stretch of lines side by side that one task does. */
  private static final int BLOCK = 1 << 9;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Kernels in this memory by these threads. */
  public CpuScan(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link dev.tempera.backend.ScanOps#cumulativeSum}; float32 only. */
  public View cumulativeSum(View x, int axis, boolean fromEnd) {
    if (x.shape().size() == 0) {
      return memory.allocate(DType.FLOAT32, x.shape(), x.denseStridesLikeThis());
    }
    if (!x.isDense()) {
      View dense = copy.reordered(x, x.denseStridesLikeThis());
      View result = cumulativeSum(dense, axis, fromEnd);
      dense.storage().release();
      return result;
    }
    View result = memory.allocate(DType.FLOAT32, x.shape(), x.denseStridesLikeThis());
    AxisLines lines = AxisLines.of(result, axis);
    long step = (fromEnd ? -1 : 1) * lines.inner() * Float.BYTES;
    long end = fromEnd ? (lines.length() - 1) * lines.inner() * Float.BYTES : 0;
    long from = Addresses.of(x) + end;
    long to = Addresses.of(result) + end;
    if (lines.inner() >= Lanes.COUNT) {
      sideBySide(lines, from, step, to);
    } else {
      oneByOne(lines, from, step, to);
    }
    return result;
  }

  private void sideBySide(AxisLines lines, long from, long step, long to) {
    long blocks = Math.ceilDiv(lines.inner(), BLOCK);
    workers.forRange(
        lines.outer() * blocks,
        Math.max(PART / ((long) lines.length() * BLOCK), 1),
        memory,
        (long) BLOCK * Double.BYTES,
        (start, end, totals) -> {
          for (long task = start; task < end; task++) {
            long column = task % blocks * BLOCK;
            int count = (int) Math.min(BLOCK, lines.inner() - column);
            long first = (task / blocks * lines.length() * lines.inner() + column) * Float.BYTES;
            CopyLoops.fill(totals, (long) count * Double.BYTES, 0);
            for (int row = 0; row < lines.length(); row++) {
              long place = first + row * step;
              ScanLoops.addRow(from + place, totals, count, to + place);
            }
          }
        });
  }

  private void oneByOne(AxisLines lines, long from, long step, long to) {
    if (lines.length() > PART) {
      inChunks(lines, from, step, to);
      return;
    }
    workers.forRange(
        lines.count(),
        Math.max(PART / lines.length(), 1),
        (start, end) -> {
          for (long line = start; line < end; line++) {
            long first = lines.start(line) * Float.BYTES;
            ScanLoops.scan(from + first, step, lines.length(), 0, to + first);
          }
        });
  }

  private void inChunks(AxisLines lines, long from, long step, long to) {
    int chunks = Math.ceilDiv(lines.length(), PART);
    double[] before = new double[Math.toIntExact(lines.count() * chunks)];
    workers.run(
        before.length,
        task -> {
          long first = chunkStart(lines, task, chunks, step);
          before[task] = ScanLoops.sum(from + first, step, chunk(lines, task % chunks));
        });
    for (int line = 0; line < before.length; line += chunks) {
      double total = 0;
      for (int chunk = 0; chunk < chunks; chunk++) {
        double own = before[line + chunk];
        before[line + chunk] = total;
        total += own;
      }
    }
    workers.run(
        before.length,
        task -> {
          long first = chunkStart(lines, task, chunks, step);
          int count = chunk(lines, task % chunks);
          ScanLoops.scan(from + first, step, count, before[task], to + first);
        });
  }

  /** Bytes from the first element of all to that of a chunk. */
  private static long chunkStart(AxisLines lines, long number, int chunks, long step) {
    return lines.start(number / chunks) * Float.BYTES + number % chunks * PART * step;
  }

  /** How many elements a chunk of a line has. */
  private static int chunk(AxisLines lines, int number) {
    return Math.min(PART, lines.length() - number * PART);
  }
}
