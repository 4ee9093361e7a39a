package dev.tempera.reference;

import dev.tempera.backend.MemoryOps;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

/** Blocks of a pool; every element visited by its coordinates. */
interface ReferenceMemory extends MemoryOps {
  /** Where storages come from. */
  HostMemory host();

  @Override
  default View allocate(DType dtype, Shape shape, MemoryOrder order) {
    long bytes = Math.max(shape.size() * dtype.byteSize(), 1);
    return View.dense(host().storage(bytes), dtype, shape, order);
  }

  @Override
  default void fill(View target, double value) {
    Elements elements = new Elements(target);
    Coordinates.forEach(target.shape(), at -> elements.set(value, at));
  }

  @Override
  default void assign(View target, View source) {
    Elements to = new Elements(target);
    Elements from = new Elements(source);
    if (target.dtype() == source.dtype()) {
      Coordinates.forEach(target.shape(), at -> to.copyFrom(from, at));
    } else {
      Coordinates.forEach(target.shape(), at -> to.set(from.get(at), at));
    }
  }

  @Override
  default void upload(MemorySegment source, View target) {
    assign(target, hostView(source, target));
  }

  @Override
  default void download(View source, MemorySegment target) {
    assign(hostView(target, source), source);
  }

  private static View hostView(MemorySegment segment, View like) {
    HostStorage storage = new HostStorage(segment, () -> {});
    return View.dense(storage, like.dtype(), like.shape(), MemoryOrder.ROW_MAJOR);
  }

  @Override
  default MemoryStatistics memory() {
    return host().statistics();
  }
}
