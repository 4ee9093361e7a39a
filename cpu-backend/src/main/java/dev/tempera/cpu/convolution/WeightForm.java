package dev.tempera.cpu.convolution;

import dev.tempera.backend.KernelMemory;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Storage;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Weights in the form that an algorithm works with; kept with the weights where the memory allows
 * that, else for one use.
 */
final class WeightForm implements Storage.Prepared {
  private final HostStorage memory;
  private final boolean isKept;

  private WeightForm(HostStorage memory, boolean isKept) {
    this.memory = memory;
    this.isKept = isKept;
  }

  /**
   * Makes a form, or finds it made; {@link #finish} ends the use.
   *
   * @param weights what it is made of
   * @param key tells the forms of a storage apart
   * @param maker writes the form to an address
   */
  static WeightForm of(
      Storage weights, Object key, long bytes, CpuMemory memory, LongConsumer maker) {
    return memory.keepsFormsOf(weights)
        ? weights.prepared(key, WeightForm.class, () -> make(bytes, memory, maker, true))
        : make(bytes, memory, maker, false);
  }

  private static WeightForm make(long bytes, CpuMemory memory, LongConsumer maker, boolean isKept) {
    HostStorage place = isKept ? memory.lastingStorage(bytes) : memory.storage(bytes);
    WeightForm form = new WeightForm(place, isKept);
    maker.accept(form.address());
    return form;
  }

  /** The memory that a form takes: for good, or for one use. */
  static KernelMemory memoryOf(Storage weights, Object key, long bytes, CpuMemory memory) {
    return memory.keepsFormsOf(weights)
        ? new KernelMemory(List.of(), List.of(new KernelMemory.Form(weights, key, bytes)))
        : KernelMemory.scratch(bytes);
  }

  /** Where the form begins. */
  long address() {
    return Addresses.of(memory);
  }

  /** Ends a use: gives the memory back unless the form is kept. */
  void finish() {
    if (!isKept) {
      release();
    }
  }

  @Override
  public void release() {
    memory.release();
  }
}
