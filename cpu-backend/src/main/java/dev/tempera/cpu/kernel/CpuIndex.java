package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.CopyLoops;
import dev.tempera.cpu.simd.IndexLoops;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Elements at places that numbers give. Where one number stands for a whole slice, slices move as
 * runs of memory. Sums are split over the lines along the axis, so that each is added up by one
 * thread in the order of the source.
 */
public final class CpuIndex {
  /** Elements that one task moves. */
  private static final int PART = 1 << 14;

  /** Lines that one task adds to, at least: where they are neighbours, they fill cache lines. */
  private static final int LINES = 1 << 5;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Kernels in this memory by these threads. */
  public CpuIndex(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link dev.tempera.backend.IndexOps#gather}. */
  public View gather(View x, View index, int axis) {
    View result = memory.allocate(x.dtype(), index.shape(), MemoryOrder.ROW_MAJOR);
    if (isOneForSlice(index, axis) && result.shape().with(axis, 1).size() > 1) {
      gatherSlices(x, index, axis, result);
    } else {
      View places = rowMajor(index);
      gatherElements(x, places, axis, result);
      places.storage().release();
    }
    return result;
  }

  /** The view itself or a copy of it, to be released in any case. */
  private View rowMajor(View x) {
    if (!x.isRowMajor()) {
      return copy.contiguous(x, MemoryOrder.ROW_MAJOR);
    }
    x.storage().retain();
    return x;
  }

  /** Whether the same index stands for all elements of a slice. */
  private static boolean isOneForSlice(View index, int axis) {
    for (int other = 0; other < index.shape().rank(); other++) {
      if (other != axis && index.stride(other) != 0 && index.shape().dim(other) != 1) {
        return false;
      }
    }
    return true;
  }

  private void gatherSlices(View x, View index, int axis, View result) {
    JointAxes slice = JointAxes.of(result.shape().with(axis, 1), result.strides(), x.strides());
    long elements = result.shape().with(axis, 1).size();
    int bytes = x.dtype().byteSize();
    int indexBytes = index.dtype().byteSize();
    long from = Addresses.of(x);
    long places = Addresses.of(index);
    long to = Addresses.of(result);
    workers.forRange(
        result.shape().size(),
        PART,
        (start, end) -> {
          RunWalk walk = new RunWalk(slice, start % elements);
          for (long done = start; done < end; walk.next()) {
            int count = (int) Math.min(walk.length(), end - done);
            long number = done / elements;
            long place =
                IndexLoops.get(places + number * index.stride(axis) * indexBytes, indexBytes);
            CopyLoops.run(
                from + (walk.second() + place * x.stride(axis)) * bytes,
                walk.secondStride() * bytes,
                to + (walk.first() + number * result.stride(axis)) * bytes,
                walk.firstStride() * bytes,
                count,
                bytes);
            done += count;
          }
        });
  }

  private void gatherElements(View x, View index, int axis, View result) {
    long[] lines = x.strides();
    lines[axis] = 0;
    JointAxes axes = JointAxes.of(result.shape(), result.strides(), lines);
    int bytes = x.dtype().byteSize();
    int indexBytes = index.dtype().byteSize();
    long from = Addresses.of(x);
    long places = Addresses.of(index);
    long to = Addresses.of(result);
    workers.forRange(
        result.shape().size(),
        PART,
        (start, end) -> {
          RunWalk walk = new RunWalk(axes, start);
          for (long done = start; done < end; walk.next()) {
            int count = (int) Math.min(walk.length(), end - done);
            IndexLoops.gather(
                from + walk.second() * bytes,
                walk.secondStride() * bytes,
                x.stride(axis) * bytes,
                places + done * indexBytes,
                indexBytes,
                to + done * bytes,
                count,
                bytes);
            done += count;
          }
        });
  }

  /** See {@link dev.tempera.backend.IndexOps#scatterAdd}. */
  public void scatterAdd(View target, View index, View source, int axis) {
    if (isOneForSlice(index, axis)) {
      addLines(target, index, source, axis, 0);
      return;
    }
    View places = rowMajor(index);
    View values = rowMajor(source);
    addLines(target, places, values, axis, places.dtype().byteSize());
    places.storage().release();
    values.storage().release();
  }

  /**
   * Adds line by line.
   *
   * @param step bytes of an index where it lies beside its element; 0 where one stands for a slice
   */
  private void addLines(View target, View index, View source, int axis, int step) {
    Shape lines = source.shape().with(axis, 1);
    int length = source.shape().dim(axis);
    JointAxes axes = JointAxes.of(lines, source.strides(), target.strides());
    int bytes = source.dtype().byteSize();
    int indexBytes = index.dtype().byteSize();
    long from = Addresses.of(source);
    long places = Addresses.of(index);
    long to = Addresses.of(target);
    long along = target.stride(axis) * bytes;
    workers.forRange(
        lines.size(),
        Math.max(PART / Math.max(length, 1), LINES),
        (start, end) -> {
          RunWalk walk = new RunWalk(axes, start);
          for (long done = start; done < end; walk.next()) {
            int count = (int) Math.min(walk.length(), end - done);
            long first = to + walk.second() * bytes;
            for (long i = 0; i < length; i++) {
              long place = places + (i * index.stride(axis)) * indexBytes + walk.first() * step;
              long element = from + (walk.first() + i * source.stride(axis)) * bytes;
              if (step == 0) {
                IndexLoops.addRun(
                    element,
                    walk.firstStride() * bytes,
                    first + IndexLoops.get(place, indexBytes) * along,
                    walk.secondStride() * bytes,
                    count,
                    bytes);
              } else {
                IndexLoops.scatterAdd(
                    element,
                    walk.firstStride() * bytes,
                    place,
                    walk.firstStride() * step,
                    indexBytes,
                    first,
                    walk.secondStride() * bytes,
                    along,
                    count,
                    bytes);
              }
            }
            done += count;
          }
        });
  }

  /** See {@link dev.tempera.backend.IndexOps#firstOutside}. */
  public long firstOutside(View index, int length) {
    View dense = rowMajor(index);
    int bytes = index.dtype().byteSize();
    long places = Addresses.of(dense);
    AtomicLong position = new AtomicLong(Long.MAX_VALUE);
    workers.forRange(
        index.shape().size(),
        PART,
        (start, end) -> {
          int outside =
              IndexLoops.firstOutside(places + start * bytes, bytes, (int) (end - start), length);
          if (outside >= 0) {
            position.accumulateAndGet(start + outside, Math::min);
          }
        });
    dense.storage().release();
    return position.get() == Long.MAX_VALUE ? -1 : position.get();
  }
}
