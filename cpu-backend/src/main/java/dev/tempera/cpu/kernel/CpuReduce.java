package dev.tempera.cpu.kernel;

import dev.tempera.backend.ReduceOp;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.ReduceLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Reductions of float32 and float64 tensors along any axes, in float64 throughout and rounded once
 * at the end.
 *
 * <p>A dense tensor is a nest of runs of axes that are kept or reduced, in memory order; the
 * innermost reduced run goes first, and is done by vectors, then the others.
 */
public final class CpuReduce {
  private static final int PART = 1 << 14;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Reductions in this memory by these threads. */
  public CpuReduce(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link dev.tempera.backend.ReduceOps#reduce}; float32 and float64. */
  public View reduce(ReduceOp op, View x, int[] axes) {
    Shape kept = x.shape();
    long count = 1;
    for (int axis : axes) {
      count *= kept.dim(axis);
      kept = kept.with(axis, 1);
    }
    if (x.shape().size() == 0) {
      View result = memory.allocate(x.dtype(), kept, MemoryOrder.ROW_MAJOR);
      copy.fill(result, op == ReduceOp.MEAN ? Double.NaN : ReduceLoops.identity(op));
      return result;
    }
    if (count == 1) {
      return copy.reordered(x, x.shape().rowMajorStrides());
    }
    if (!x.isDense()) {
      View dense = copy.reordered(x, x.denseStridesLikeThis());
      View result = combined(op, dense, axes, kept, count);
      dense.storage().release();
      return result;
    }
    return combined(op, x, axes, kept, count);
  }

  private View combined(ReduceOp op, View x, int[] axes, Shape kept, long count) {
    View first = View.of(x.storage(), x.dtype(), kept, x.strides(), x.offset());
    View result = memory.allocate(x.dtype(), kept, first.denseStridesLikeThis());
    AxisRuns runs = AxisRuns.of(x, axes);
    AxisRuns.Pass pass = runs.innermost();
    try (Scratch totals = memory.scratch(pass.outer() * pass.inner() * Double.BYTES)) {
      new AxisReduction(op, x.dtype(), pass.outer(), pass.length(), pass.inner())
          .run(memory, workers, Addresses.of(x), totals.address());
      double divisor = op == ReduceOp.MEAN ? count : 1;
      finish(op, runs.withoutInnermost(), totals.address(), divisor, result);
    }
    if (result.isRowMajor()) {
      return result;
    }
    View rowMajor = copy.reordered(result, kept.rowMajorStrides());
    result.storage().release();
    return rowMajor;
  }

  /** Combines the runs that are left, and rounds. */
  private void finish(ReduceOp op, AxisRuns runs, long totals, double divisor, View result) {
    if (runs.hasReduced()) {
      AxisRuns.Pass pass = runs.innermost();
      try (Scratch next = memory.scratch(pass.outer() * pass.inner() * Double.BYTES)) {
        new FoldedAxis(op, pass.outer(), pass.length(), pass.inner())
            .run(workers, totals, next.address());
        finish(op, runs.withoutInnermost(), next.address(), divisor, result);
      }
      return;
    }
    long to = Addresses.of(result);
    workers.forRange(
        result.shape().size(),
        PART,
        (start, end) -> {
          long from = totals + start * Double.BYTES;
          int count = (int) (end - start);
          if (result.dtype() == DType.FLOAT64) {
            ReduceLoops.finishDoubles(from, divisor, to + start * Double.BYTES, count);
          } else {
            ReduceLoops.finish(from, divisor, to + start * Float.BYTES, count);
          }
        });
  }
}
