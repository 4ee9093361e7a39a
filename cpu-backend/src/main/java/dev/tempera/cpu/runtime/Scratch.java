package dev.tempera.cpu.runtime;

/** Memory that a kernel uses while it runs. */
public final class Scratch implements AutoCloseable {
  private final long address;
  private final Runnable giveBack;

  Scratch(long address, Runnable giveBack) {
    this.address = address;
    this.giveBack = giveBack;
  }

  /** The address of its first byte, a multiple of 64. */
  public long address() {
    return address;
  }

  /** Gives the memory back to the pool; to be called once. */
  @Override
  public void close() {
    giveBack.run();
  }
}
