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
 * The weights of a convolution packed for the micro-kernel; kept with the weights if those are
 * frozen, else for one use.
 */
final class PackedKernels implements Storage.Prepared {
  private final PackedPanels panels;
  private final HostStorage memory;

  private PackedKernels(PackedPanels panels, HostStorage memory) {
    this.panels = panels;
    this.memory = memory;
  }

  /** Packs the weights, or finds them packed; {@link #finish} ends the use. */
  static PackedKernels of(KernelStack kernels, int panelWidth, CpuMemory memory, Workers workers) {
    Storage storage = kernels.weight().storage();
    return storage.isFrozen()
        ? storage.prepared(
            kernels.key(panelWidth),
            PackedKernels.class,
            () -> pack(kernels, panelWidth, memory, workers))
        : pack(kernels, panelWidth, memory, workers);
  }

  private static PackedKernels pack(
      KernelStack kernels, int panelWidth, CpuMemory memory, Workers workers) {
    PackedPanels panels = new PackedPanels(kernels.depth(), kernels.columns(), panelWidth);
    HostStorage target = memory.storage(panels.bytes() * kernels.groups());
    PackedKernels packed = new PackedKernels(panels, target);
    KernelMatrix matrix = kernels.matrix(panelWidth);
    for (int group = 0; group < kernels.groups(); group++) {
      panels.pack(workers, matrix, kernels.address(group), packed.address(group));
    }
    return packed;
  }

  /** The memory that packed weights take: for good, or for one use. */
  static KernelMemory memoryOf(KernelStack kernels, int panelWidth) {
    PackedPanels panels = new PackedPanels(kernels.depth(), kernels.columns(), panelWidth);
    long bytes = panels.bytes() * kernels.groups();
    Storage storage = kernels.weight().storage();
    return storage.isFrozen()
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
    return Addresses.of(memory) + group * panels.bytes();
  }

  /** Ends a use: weights that may change are not kept. */
  void finish(KernelStack kernels) {
    if (!kernels.weight().storage().isFrozen()) {
      release();
    }
  }

  @Override
  public void release() {
    memory.release();
  }
}
