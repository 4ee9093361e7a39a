package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.product.PackedPanels;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;

/**
 * The weights of a convolution packed for the micro-kernel.
 *
 * @param panels how the packed weights of a group are read
 * @param form the packed weights of all groups
 */
record PackedKernels(PackedPanels panels, WeightForm form) {
  /** Tells packed forms of the same weights apart. */
  private record Key(KernelStack.Key kernels, int pieceDepth) {
    static Key of(KernelStack kernels, PackedPanels panels) {
      return new Key(kernels.key(panels.panelWidth()), panels.pieceDepth());
    }
  }

  /**
   * Packs the weights, or finds them packed.
   *
   * @param panels how to pack the weights of a group
   */
  static PackedKernels of(
      KernelStack kernels, PackedPanels panels, CpuMemory memory, Workers workers) {
    KernelMatrix matrix = kernels.matrix(panels.panelWidth());
    WeightForm form =
        WeightForm.of(
            kernels.weight().storage(),
            Key.of(kernels, panels),
            panels.bytes() * kernels.groups(),
            memory,
            target -> {
              for (int group = 0; group < kernels.groups(); group++) {
                long place = target + group * panels.bytes();
                panels.pack(workers, matrix, kernels.address(group), place);
              }
            });
    return new PackedKernels(panels, form);
  }

  /** The memory that packed weights take. */
  static KernelMemory memoryOf(KernelStack kernels, PackedPanels panels, CpuMemory memory) {
    long bytes = panels.bytes() * kernels.groups();
    return WeightForm.memoryOf(kernels.weight().storage(), Key.of(kernels, panels), bytes, memory);
  }

  /** Where the packed weights of a group begin. */
  long address(int group) {
    return form.address() + group * panels.bytes();
  }

  /** Ends a use. */
  void finish() {
    form.finish();
  }
}
