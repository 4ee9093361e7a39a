package dev.tempera.cpu;

import dev.tempera.backend.BackendException;
import dev.tempera.backend.MachineMemory;
import java.util.Locale;

/** What the CPU backend prefers where speed and memory are at odds. Results do not depend on it. */
public enum MemoryUse {
  /** Keeps the forms of frozen weights that kernels work with. */
  FAST,

  /** Makes those forms anew for each use, in memory that the next use takes again. */
  LEAN;

  /** With less than this free, what a net's kept forms take is missed elsewhere. */
  private static final long PLENTY = 4L << 30;

  /** {@link #LEAN} if this machine has less than 4 GiB free, else {@link #FAST}. */
  static MemoryUse fittingThisMachine() {
    return fitting(MachineMemory.available());
  }

  /** The choice for a machine with so many bytes free. */
  static MemoryUse fitting(long available) {
    return available < PLENTY ? LEAN : FAST;
  }

  /**
   * The constant of a name in any case.
   *
   * @param property where the name stands
   * @throws BackendException if there is none
   */
  static MemoryUse named(String name, String property) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "fast" -> FAST;
      case "lean" -> LEAN;
      default ->
          throw new BackendException(
              "cpu: system property " + property + " is fast or lean, here \"" + name + "\"");
    };
  }
}
