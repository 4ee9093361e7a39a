package dev.tempera.backend;

import dev.tempera.data.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a kernel takes besides its results.
 *
 * @param scratch sizes, in bytes, of the blocks that it holds while it runs
 * @param forms transformed forms of frozen operands that it makes on first use and that stay
 */
public record KernelMemory(List<Long> scratch, List<Form> forms) {
  /** Nothing. */
  public static final KernelMemory NONE = new KernelMemory(List.of(), List.of());

  /**
   * A transformed form of a frozen operand.
   *
   * @param owner the operand's storage, with which the form goes
   * @param key tells the forms of a storage apart
   * @param bytes its size
   */
  public record Form(Storage owner, Object key, long bytes) {}

  /** Copies the lists, without empty blocks. */
  public KernelMemory {
    scratch = scratch.stream().filter(bytes -> bytes > 0).toList();
    forms = List.copyOf(forms);
  }

  /** All of this and of another at one time. */
  public KernelMemory plus(KernelMemory other) {
    List<Long> blocks = new ArrayList<>(scratch);
    blocks.addAll(other.scratch);
    List<Form> all = new ArrayList<>(forms);
    all.addAll(other.forms);
    return new KernelMemory(blocks, all);
  }

  /** Bytes of all blocks together. */
  public long scratchBytes() {
    return scratch.stream().mapToLong(Long::longValue).sum();
  }

  /** Blocks that are held while a kernel runs, and nothing that stays. */
  public static KernelMemory scratch(Long... blocks) {
    return new KernelMemory(List.of(blocks), List.of());
  }
}
