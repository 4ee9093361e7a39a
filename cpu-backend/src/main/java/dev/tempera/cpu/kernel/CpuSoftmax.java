package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.SoftmaxLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Softmax and its relatives on float32 tensors: exponentials in float32, sums in float64. Lines
 * that lie side by side are done together, as many as fit a row; where they are few, the elements
 * of a line are made neighbours first.
 */
public final class CpuSoftmax {
  private static final long GRAIN = 1 << 13;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Kernels in this memory by these threads. */
  public CpuSoftmax(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** What is done with each tile. */
  @FunctionalInterface
  private interface TileTask {
    /**
     * Does a tile.
     *
     * @param place bytes from the tensor's first element to the tile's
     * @param line number of the tile's first line in memory order
     */
    void run(SoftmaxTile tile, long place, long line);
  }

  /** The work on the tiles of one operand, once it is known where that and the result lie. */
  @FunctionalInterface
  private interface LinesTask {
    /**
     * What is done with a tile.
     *
     * @param from address of the operand's first element
     * @param to address of the result's first element, laid like the operand
     */
    TileTask at(long from, long to);
  }

  /** A new view of the operand's shape, computed line by line. */
  private View eachLine(View x, int axis, LinesTask task) {
    View dense = lined(x, axis);
    View result = memory.allocate(DType.FLOAT32, x.shape(), dense.strides());
    forEachTile(dense, axis, task.at(Addresses.of(dense), Addresses.of(result)));
    dense.storage().release();
    return result;
  }

  /** See {@link dev.tempera.backend.SoftmaxOps#softmax}; float32 only. */
  public View softmax(View x, int axis) {
    return eachLine(
        x,
        axis,
        (from, to) ->
            (tile, place, line) -> {
              long x0 = from + place;
              long y0 = to + place;
              tile.findLevels(x0);
              tile.sum(
                  (row, count, sums) -> {
                    addPowers(tile, x0 + row, count, sums);
                    CopyLoops.block(tile.buffer(), y0 + row, count * 4L);
                  },
                  (sum, level) -> (float) sum);
              tile.forEachRow(
                  (row, count) ->
                      SoftmaxLoops.divide(y0 + row, tile.parameters(), count, y0 + row));
            });
  }

  /** See {@link dev.tempera.backend.SoftmaxOps#logSoftmax}; float32 only. */
  public View logSoftmax(View x, int axis) {
    return eachLine(
        x,
        axis,
        (from, to) ->
            (tile, place, line) -> {
              long x0 = from + place;
              tile.findLevels(x0);
              tile.sum(
                  (row, count, sums) -> addPowers(tile, x0 + row, count, sums),
                  (sum, level) -> (float) Math.log(sum));
              tile.forEachRow(
                  (row, count) ->
                      SoftmaxLoops.subtract(
                          x0 + row, tile.levels(), tile.parameters(), count, to + place + row));
            });
  }

  /** See {@link dev.tempera.backend.SoftmaxOps#logSumExp}; float32 only. */
  public View logSumExp(View x, int axis) {
    Shape kept = x.shape().with(axis, 1);
    if (x.shape().dim(axis) == 0) {
      View result = memory.allocate(DType.FLOAT32, kept, MemoryOrder.ROW_MAJOR);
      copy.fill(result, Double.NEGATIVE_INFINITY);
      return result;
    }
    View dense = lined(x, axis);
    View first = View.of(dense.storage(), DType.FLOAT32, kept, dense.strides(), dense.offset());
    View result = memory.allocate(DType.FLOAT32, kept, first.denseStridesLikeThis());
    long from = Addresses.of(dense);
    long to = Addresses.of(result);
    forEachTile(
        dense,
        axis,
        (tile, place, line) -> {
          tile.findLevels(from + place);
          tile.sum(
              (row, count, sums) -> addPowers(tile, from + place + row, count, sums),
              (sum, level) -> Float.isInfinite(level) ? level : (float) (level + Math.log(sum)));
          int lines = tile.isOneLine() ? 1 : tile.width();
          CopyLoops.block(tile.parameters(), to + line * 4, lines * 4L);
        });
    dense.storage().release();
    if (result.isRowMajor()) {
      return result;
    }
    View rowMajor = copy.contiguous(result, MemoryOrder.ROW_MAJOR);
    result.storage().release();
    return rowMajor;
  }

  /** Leaves exponentials in the buffer, and adds them to sums. */
  private static void addPowers(SoftmaxTile tile, long x, int count, long sums) {
    SoftmaxLoops.powers(x, tile.levels(), count, tile.buffer());
    SoftmaxLoops.add(tile.buffer(), count, sums);
  }

  /** See {@link dev.tempera.backend.SoftmaxOps#softmaxGrad}; float32 only. */
  public View softmaxGrad(View gradient, View y, int axis) {
    View output = lined(y, axis);
    View slopes = laidLike(gradient, output);
    long g = Addresses.of(slopes);
    View result =
        eachLine(
            output,
            axis,
            (from, to) ->
                (tile, place, line) -> {
                  tile.sum(
                      (row, count, sums) ->
                          SoftmaxLoops.addProducts(
                              g + place + row, from + place + row, count, sums),
                      (sum, level) -> (float) sum);
                  tile.forEachRow(
                      (row, count) ->
                          SoftmaxLoops.centre(
                              g + place + row,
                              from + place + row,
                              tile.parameters(),
                              count,
                              to + place + row));
                });
    output.storage().release();
    slopes.storage().release();
    return result;
  }

  /** See {@link dev.tempera.backend.SoftmaxOps#logSoftmaxGrad}; float32 only. */
  public View logSoftmaxGrad(View gradient, View y, int axis) {
    View output = lined(y, axis);
    View slopes = laidLike(gradient, output);
    long g = Addresses.of(slopes);
    View result =
        eachLine(
            output,
            axis,
            (from, to) ->
                (tile, place, line) -> {
                  tile.clearLevels();
                  tile.sum(
                      (row, count, sums) -> SoftmaxLoops.add(g + place + row, count, sums),
                      (sum, level) -> (float) sum);
                  tile.forEachRow(
                      (row, count) -> {
                        SoftmaxLoops.powers(
                            from + place + row, tile.levels(), count, tile.buffer());
                        SoftmaxLoops.subtractShares(
                            g + place + row,
                            tile.buffer(),
                            tile.parameters(),
                            count,
                            to + place + row);
                      });
                });
    output.storage().release();
    slopes.storage().release();
    return result;
  }

  /**
   * The view itself or a copy, to be released in any case: dense, with the elements of a line side
   * by side, or many lines.
   */
  private View lined(View x, int axis) {
    if (!isLined(x, axis)) {
      return copy.reordered(x, strides(x, axis));
    }
    x.storage().retain();
    return x;
  }

  private static boolean isLined(View x, int axis) {
    if (!x.isDense() || x.shape().size() == 0) {
      return x.isDense();
    }
    long inner = AxisLines.of(x, axis).inner();
    return inner == 1 || inner >= Lanes.COUNT;
  }

  /** The strides of results of a view's shape that are made from it along an axis. */
  public static long[] strides(View x, int axis) {
    return isLined(x, axis) ? x.strides() : AxisLines.stridesWithLast(x.shape(), axis);
  }

  /** The view itself or a copy, to be released in any case: with the strides of another. */
  private View laidLike(View x, View other) {
    if (!JointAxes.of(x.shape(), other.strides(), x.strides()).isOneRun()) {
      return copy.reordered(x, other.strides());
    }
    x.storage().retain();
    return x;
  }

  private void forEachTile(View x, int axis, TileTask task) {
    if (x.shape().size() == 0) {
      return;
    }
    AxisLines lines = AxisLines.of(x, axis);
    int width = (int) Math.min(lines.inner(), SoftmaxLoops.WIDTH);
    long blocks = Math.ceilDiv(lines.inner(), width);
    workers.forRange(
        lines.outer() * blocks,
        Math.max(GRAIN / ((long) lines.length() * width), 1),
        memory,
        SoftmaxTile.SCRATCH_BYTES,
        (start, end, scratch) -> {
          for (long number = start; number < end; number++) {
            long column = number % blocks * width;
            long line = number / blocks * lines.inner() + column;
            long place = lines.start(line) * Float.BYTES;
            int count = (int) Math.min(width, lines.inner() - column);
            task.run(
                lines.inner() == 1
                    ? SoftmaxTile.ofLine(lines.length(), scratch)
                    : SoftmaxTile.ofColumns(
                        lines.length(), lines.inner() * Float.BYTES, count, scratch),
                place,
                line);
          }
        });
  }
}
