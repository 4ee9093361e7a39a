package dev.tempera.cpu.kernel;

import dev.tempera.backend.KernelMemory;
import dev.tempera.backend.MatmulOps;
import dev.tempera.cpu.product.GramProduct;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.List;

/** Products of float32 feature matrices with their own transposes. */
public final class CpuGram {
  private final CpuMemory memory;
  private final Workers workers;

  /** Products in this memory by these threads. */
  public CpuGram(CpuMemory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** See {@link dev.tempera.backend.MatmulOps#gram}; float32 only. */
  public View gram(View features) {
    Shape shape = features.shape();
    View result = memory.allocate(DType.FLOAT32, MatmulOps.gramShape(shape), MemoryOrder.ROW_MAJOR);
    if (result.shape().size() > 0) {
      GramProduct.Features matrices =
          new GramProduct.Features(
              Addresses.of(features),
              features.stride(0) * Float.BYTES,
              features.stride(1) * Float.BYTES,
              features.stride(2) * Float.BYTES);
      product(shape).run(matrices, Addresses.of(result));
    }
    return result;
  }

  private GramProduct product(Shape features) {
    return new GramProduct(memory, workers, features.dim(0), features.dim(1), features.dim(2));
  }

  /** What a product takes besides its result. */
  public KernelMemory memoryOf(View features) {
    Shape shape = features.shape();
    return shape.dim(0) == 0 || shape.dim(1) == 0
        ? KernelMemory.NONE
        : new KernelMemory(product(shape).scratchBytes(), List.of());
  }
}
