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
  /** Packs the weights, or finds them packed. */
  static PackedKernels of(KernelStack kernels, int panelWidth, CpuMemory memory, Workers workers) {
    PackedPanels panels = panels(kernels, panelWidth);
    KernelMatrix matrix = kernels.matrix(panelWidth);
    WeightForm form =
        WeightForm.of(
            kernels.weight().storage(),
            kernels.key(panelWidth),
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

  private static PackedPanels panels(KernelStack kernels, int panelWidth) {
    return new PackedPanels(kernels.depth(), kernels.columns(), panelWidth);
  }

  /** The memory that packed weights take. */
  static KernelMemory memoryOf(KernelStack kernels, int panelWidth, CpuMemory memory) {
    long bytes = panels(kernels, panelWidth).bytes() * kernels.groups();
    return WeightForm.memoryOf(kernels.weight().storage(), kernels.key(panelWidth), bytes, memory);
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
