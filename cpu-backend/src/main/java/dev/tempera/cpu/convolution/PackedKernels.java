package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.product.PackedPanels;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Storage;
import java.util.List;

/**
 * The weights of a convolution packed for the micro-kernel; kept with the weights where the memory
 * allows that, else for one use.
 */
final class PackedKernels implements Storage.Prepared {
  private final PackedPanels panels;
  private final HostStorage target;
  private final boolean isKept;

  private PackedKernels(PackedPanels panels, HostStorage target, boolean isKept) {
    this.panels = panels;
    this.target = target;
    this.isKept = isKept;
  }

  /** Packs the weights, or finds them packed; {@link #finish} ends the use. */
  static PackedKernels of(KernelStack kernels, int panelWidth, CpuMemory memory, Workers workers) {
    Storage storage = kernels.weight().storage();
    return memory.keepsFormsOf(storage)
        ? storage.prepared(
            kernels.key(panelWidth),
            PackedKernels.class,
            () -> pack(kernels, panelWidth, memory, workers, true))
        : pack(kernels, panelWidth, memory, workers, false);
  }

  private static PackedKernels pack(
      KernelStack kernels, int panelWidth, CpuMemory memory, Workers workers, boolean isKept) {
    PackedPanels panels = new PackedPanels(kernels.depth(), kernels.columns(), panelWidth);
    HostStorage target = memory.storage(panels.bytes() * kernels.groups());
    PackedKernels packed = new PackedKernels(panels, target, isKept);
    KernelMatrix matrix = kernels.matrix(panelWidth);
    for (int group = 0; group < kernels.groups(); group++) {
      panels.pack(workers, matrix, kernels.address(group), packed.address(group));
    }
    return packed;
  }

  /** The memory that packed weights take: for good, or for one use. */
  static KernelMemory memoryOf(KernelStack kernels, int panelWidth, CpuMemory memory) {
    PackedPanels panels = new PackedPanels(kernels.depth(), kernels.columns(), panelWidth);
    long bytes = panels.bytes() * kernels.groups();
    Storage storage = kernels.weight().storage();
    return memory.keepsFormsOf(storage)
        ? new KernelMemory(
            List.of(), List.of(new KernelMemory.Form(storage, kernels.key(panelWidth), bytes)))
        : KernelMemory.scratch(bytes);
  }

  /** How the packed weights of a group are read. */
  PackedPanels panels() {
    return panels;
  }

  /** Where the packed weights of a group begin. */
  long address(int group) {
    return Addresses.of(target) + group * panels.bytes();
  }

  /** Ends a use: gives the memory back unless the form is kept. */
  void finish() {
    if (!isKept) {
      release();
    }
  }

  @Override
  public void release() {
    target.release();
  }
}
