package dev.tempera.style.cli;

import java.util.Locale;

/** What the CPU backend prefers where speed and memory are at odds; it reads a system property. */
enum MemoryUse {
  /** Keeps the forms of weights that its kernels work with. */
  FAST,

  /** Makes those forms anew for each use. */
  LEAN;

  private static final String PROPERTY = "tempera.cpu.memory";

  /** Sets the property; backends that have started already do not notice. */
  void choose() {
    System.setProperty(PROPERTY, name().toLowerCase(Locale.ROOT));
  }
}
