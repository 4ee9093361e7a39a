package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.ConvertLoops;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.Lanes;
import dev.tempera.cpu.simd.RealLoops;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies between views of any types and strides, and between them and the program's own memory. */
public final class CpuCopy {
  /** Elements that one task moves. */
  private static final int PART = 1 << 15;

  /** Elements that are converted at once. */
  private static final int CONVERTED = 1 << 10;

  private final CpuMemory memory;
  private final Workers workers;

  /** Copies by these threads. */
  public CpuCopy(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.MemoryOps#assign}. */
  public void assign(View target, View source) {
    if (target.dtype() == source.dtype()) {
      move(target, Addresses.of(source), source.strides());
    } else {
      JointAxes axes = JointAxes.of(target.shape(), target.strides(), source.strides());
      workers.forRange(
          target.shape().size(),
          PART,
          memory,
          (long) CONVERTED * Double.BYTES,
          (start, end, buffer) -> convert(target, source, axes, start, end, buffer));
    }
  }

  /** See {@link dev.tempera.backend.MemoryOps#flipped}. */
  public View flipped(View x, int[] axes) {
    long[] strides = x.strides();
    long first = 0;
    for (int axis : axes) {
      first += Math.max(x.shape().dim(axis) - 1, 0) * strides[axis];
      strides[axis] = -strides[axis];
    }
    MemoryOrder order = x.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
    View result = memory.allocate(x.dtype(), x.shape(), order);
    move(result, Addresses.of(x) + first * x.dtype().byteSize(), strides);
    return result;
  }

  /**
   * Copies elements of the target's type and shape.
   *
   * @param from address of the first element
   * @param strides between them, in elements; may be negative
   */
  private void move(View target, long from, long[] strides) {
    JointAxes axes = JointAxes.of(target.shape(), target.strides(), strides);
    long size = target.shape().size();
    long to = Addresses.of(target);
    int bytes = target.dtype().byteSize();
    int across = axes.transposedAxis();
    if (across >= 0 && size > 0) {
      TransposedTiles tiles = new TransposedTiles(axes, across, bytes);
      workers.run(tiles.count(), tile -> tiles.copy(tile, from, to));
    } else {
      workers.forRange(size, PART, (start, end) -> move(to, from, bytes, axes, start, end));
    }
  }

  private static void move(long to, long from, int bytes, JointAxes axes, long start, long end) {
    RunWalk walk = new RunWalk(axes, start);
    for (long done = start; done < end; walk.next()) {
      int count = (int) Math.min(walk.length(), end - done);
      CopyLoops.run(
          from + walk.second() * bytes,
          walk.secondStride() * bytes,
          to + walk.first() * bytes,
          walk.firstStride() * bytes,
          count,
          bytes);
      done += count;
    }
  }

  private static void convert(
      View target, View source, JointAxes axes, long start, long end, long buffer) {
    int toBytes = target.dtype().byteSize();
    int fromBytes = source.dtype().byteSize();
    long to = Addresses.of(target);
    long from = Addresses.of(source);
    RealLoops.Loop vectors = RealLoops.of(source.dtype(), target.dtype());
    RunWalk walk = new RunWalk(axes, start);
    for (long done = start; done < end; walk.next()) {
      int run = (int) Math.min(walk.length(), end - done);
      long fromStride = walk.secondStride() * fromBytes;
      long toStride = walk.firstStride() * toBytes;
      long firstSource = from + walk.second() * fromBytes;
      long firstTarget = to + walk.first() * toBytes;
      int converted = 0;
      if (vectors != null && walk.firstStride() == 1 && walk.secondStride() == 1) {
        converted = run - run % Lanes.COUNT;
        vectors.run(firstSource, firstTarget, converted);
      }
      for (int i = converted; i < run; i += CONVERTED) {
        int count = Math.min(CONVERTED, run - i);
        ConvertLoops.toDoubles(
            source.dtype(), firstSource + i * fromStride, fromStride, count, buffer);
        ConvertLoops.fromDoubles(
            target.dtype(), buffer, firstTarget + i * toStride, toStride, count);
      }
      done += run;
    }
  }

  /** See {@link dev.tempera.backend.MemoryOps#contiguous}. */
  public View contiguous(View x, MemoryOrder order) {
    return reordered(x, order.strides(x.shape()));
  }

  /** A dense copy with these strides. */
  public View reordered(View x, long[] strides) {
    View result = memory.allocate(x.dtype(), x.shape(), strides);
    assign(result, x);
    return result;
  }

  /** See {@link dev.tempera.backend.MemoryOps#fill}. */
  public void fill(View target, double value) {
    View number = memory.allocate(DType.FLOAT64, Shape.scalar(), MemoryOrder.ROW_MAJOR);
    segment(number).set(ValueLayout.JAVA_DOUBLE, 0, value);
    View element = memory.allocate(target.dtype(), Shape.scalar(), MemoryOrder.ROW_MAJOR);
    assign(element, number);
    assign(target, element.expand(target.shape()));
    element.storage().release();
    number.storage().release();
  }

  /** See {@link dev.tempera.backend.MemoryOps#upload}. */
  public void upload(MemorySegment source, View target) {
    long bytes = checkedBytes("upload", target, source);
    if (target.isRowMajor()) {
      MemorySegment.copy(source, 0, segment(target), offset(target), bytes);
    } else {
      View staged = memory.allocate(target.dtype(), target.shape(), MemoryOrder.ROW_MAJOR);
      upload(source, staged);
      assign(target, staged);
      staged.storage().release();
    }
  }

  /** See {@link dev.tempera.backend.MemoryOps#download}. */
  public void download(View source, MemorySegment target) {
    long bytes = checkedBytes("download", source, target);
    if (source.isRowMajor()) {
      MemorySegment.copy(segment(source), offset(source), target, 0, bytes);
    } else {
      View staged = contiguous(source, MemoryOrder.ROW_MAJOR);
      download(staged, target);
      staged.storage().release();
    }
  }

  private static long checkedBytes(String operation, View view, MemorySegment host) {
    long bytes = view.shape().size() * view.dtype().byteSize();
    if (host.byteSize() != bytes) {
      throw new ShapeException(
          operation
              + ": the memory segment has another size than the view\n  view    "
              + view
              + "\n  rule    segment size = elements × element size, here "
              + host.byteSize()
              + " ≠ "
              + view.shape().size()
              + " × "
              + view.dtype().byteSize());
    }
    return bytes;
  }

  private static long offset(View view) {
    return view.offset() * view.dtype().byteSize();
  }

  private static MemorySegment segment(View view) {
    return ((HostStorage) view.storage()).segment();
  }
}
