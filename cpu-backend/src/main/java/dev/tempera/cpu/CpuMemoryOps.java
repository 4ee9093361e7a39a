package dev.tempera.cpu;

import dev.tempera.backend.MemoryOps;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

/** Memory, filling, copying and moving. */
interface CpuMemoryOps extends MemoryOps, OnCpuKernels {
  @Override
  default View allocate(DType dtype, Shape shape, MemoryOrder order) {
    return kernels().memory().allocate(dtype, shape, order);
  }

  @Override
  default void fill(View target, double value) {
    kernels().copy().fill(target, value);
  }

  @Override
  default void assign(View target, View source) {
    kernels().copy().assign(target, source);
  }

  @Override
  default View flipped(View x, int[] axes) {
    return kernels().copy().flipped(x, axes);
  }

  @Override
  default void upload(MemorySegment source, View target) {
    kernels().copy().upload(source, target);
  }

  @Override
  default void download(View source, MemorySegment target) {
    kernels().copy().download(source, target);
  }

  @Override
  default MemoryStatistics memory() {
    MemoryStatistics own = kernels().memory().statistics();
    MemoryStatistics inDoubles = kernels().doubles().memory();
    return new MemoryStatistics(
        own.live() + inDoubles.live(),
        own.peak() + inDoubles.peak(),
        own.reserved() + inDoubles.reserved(),
        own.storages() + inDoubles.storages(),
        own.systemAllocations() + inDoubles.systemAllocations());
  }
}
