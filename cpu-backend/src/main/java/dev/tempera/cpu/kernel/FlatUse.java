package dev.tempera.cpu.kernel;

/** What an elementwise kernel does with an operand. */
enum FlatUse {
  /** It reads it. */
  READ,
  /** It writes every element, whatever was there. */
  WRITE,
  /** It reads and writes it. */
  UPDATE;

  /** Whether elements are read. */
  boolean reads() {
    return this != WRITE;
  }

  /** Whether elements are written. */
  boolean writes() {
    return this != READ;
  }
}
