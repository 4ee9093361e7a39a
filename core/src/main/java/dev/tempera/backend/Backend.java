package dev.tempera.backend;

import dev.tempera.data.Device;

/**
 * Everything a processor can do with views. Kernels speak views, op constants and parameter
 * records; they never see tensors or the gradient graph. Inputs may have any strides; every view
 * returned has a storage of its own with one holder, unless the method says otherwise.
 */
public interface Backend
    extends ElementwiseOps,
        ReduceOps,
        MatmulOps,
        ConvOps,
        PoolOps,
        NormOps,
        ResampleOps,
        IndexOps,
        ScanOps,
        SoftmaxOps,
        SortOps,
        RandomOps,
        OptimizerOps,
        MemoryOps {
  /** The name it is chosen by, such as {@code cpu}. */
  String name();

  /** Where its storages live. */
  Device device();

  /** One line for people: the processor, vector width, threads. */
  String description();

  /**
   * Has the code of common kernels compiled beforehand, in the background, where that takes a while
   * otherwise. Returns at once; results do not depend on it.
   */
  default void warmUp() {}

  /** How it spends memory, for forecasts. */
  default MemoryModel memoryModel() {
    return MemoryModel.PLAIN;
  }
}
