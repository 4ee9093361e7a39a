package dev.tempera.cpu.image;

import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.Padding;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.UpdateLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/**
 * Padding of float32 images and its gradient, row by row: the inside of a row is one run of memory,
 * the pixels beside it are moved one by one.
 */
public final class CpuPad2d {
  /** Elements that one task moves. */
  private static final long PART = 1 << 15;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Padding in this memory by these threads. */
  public CpuPad2d(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link dev.tempera.backend.ResampleOps#pad2d}; float32 only. */
  public View pad2d(View x, Padding padding) {
    if (!x.isChannelsLast() && !x.isRowMajor()) {
      View dense = copy.contiguous(x, MemoryOrder.ROW_MAJOR);
      View result = pad2d(dense, padding);
      dense.storage().release();
      return result;
    }
    Shape shape = padding.outputShape("pad2d", x.shape());
    View result = memory.allocate(DType.FLOAT32, shape, order(x));
    Rows inside = Rows.of(x);
    Rows padded = Rows.of(result);
    padded.forEach(
        workers,
        (plane, row) -> {
          int source = padding.mode().source(row - padding.top(), inside.height());
          long to = padded.at(plane, row, 0);
          if (source < 0) {
            CopyLoops.fill(to, padded.bytes(padded.width()), 0);
            return;
          }
          long middle = padded.at(plane, row, padding.left());
          CopyLoops.block(inside.at(plane, source, 0), middle, inside.bytes(inside.width()));
          for (int i = 0; i < padding.left() + padding.right(); i++) {
            int column = i < padding.left() ? i : i + inside.width();
            int from = padding.mode().source(column - padding.left(), inside.width());
            long target = padded.at(plane, row, column);
            if (from < 0) {
              CopyLoops.fill(target, inside.bytes(1), 0);
            } else {
              CopyLoops.block(inside.at(plane, source, from), target, inside.bytes(1));
            }
          }
        });
    return result;
  }

  /** See {@link dev.tempera.backend.ResampleOps#pad2dGrad}; float32 only. */
  public View gradient(View gradient, Padding padding, Shape inputShape) {
    if (!gradient.isChannelsLast() && !gradient.isRowMajor()) {
      View dense = copy.contiguous(gradient, MemoryOrder.ROW_MAJOR);
      View result = gradient(dense, padding, inputShape);
      dense.storage().release();
      return result;
    }
    View result = memory.allocate(DType.FLOAT32, inputShape, order(gradient));
    Rows inside = Rows.of(result);
    Rows padded = Rows.of(gradient);
    AxisWeights copies =
        AxisWeights.padding(inside.height(), padding.top(), padding.bottom(), padding.mode())
            .transposed();
    inside.forEach(
        workers,
        (plane, row) -> {
          long to = inside.at(plane, row, 0);
          CopyLoops.fill(to, inside.bytes(inside.width()), 0);
          for (int i = copies.start(row); i < copies.start(row + 1); i++) {
            addRow(padded, plane, copies.source(i), inside, row, padding);
          }
        });
    return result;
  }

  private static void addRow(
      Rows padded, int plane, int from, Rows inside, int to, Padding padding) {
    long middle = padded.at(plane, from, padding.left());
    UpdateLoops.add(middle, inside.at(plane, to, 0), inside.width() * inside.pixel());
    for (int i = 0; i < padding.left() + padding.right(); i++) {
      int column = i < padding.left() ? i : i + inside.width();
      int target = padding.mode().source(column - padding.left(), inside.width());
      if (target >= 0) {
        long pixel = inside.at(plane, to, target);
        UpdateLoops.add(padded.at(plane, from, column), pixel, inside.pixel());
      }
    }
  }

  private static MemoryOrder order(View x) {
    return x.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
  }

  /**
   * The rows of an image in memory: of all channels of a channels-last image, of one channel of a
   * row-major one.
   *
   * @param address of the first element
   * @param planes how many stacks of rows
   * @param height rows of a plane
   * @param width pixels of a row
   * @param pixel elements of a pixel
   */
  private record Rows(long address, int planes, int height, int width, int pixel) {
    /** What to do with one row. */
    @FunctionalInterface
    interface RowTask {
      void run(int plane, int row);
    }

    static Rows of(View x) {
      Shape s = x.shape();
      return x.isChannelsLast()
          ? new Rows(Addresses.of(x), s.dim(0), s.dim(2), s.dim(3), s.dim(1))
          : new Rows(Addresses.of(x), s.dim(0) * s.dim(1), s.dim(2), s.dim(3), 1);
    }

    long bytes(int pixels) {
      return (long) pixels * pixel * Float.BYTES;
    }

    long at(int plane, int row, int column) {
      return address + ((long) plane * height + row) * bytes(width) + bytes(column);
    }

    void forEach(Workers workers, RowTask task) {
      long grain = Math.max(PART / Math.max((long) width * pixel, 1), 1);
      workers.forRange(
          (long) planes * height,
          grain,
          (start, end) -> {
            for (long i = start; i < end; i++) {
              task.run((int) (i / height), (int) (i % height));
            }
          });
    }
  }
}
