package dev.tempera.bench.process;

/** A peer in another process could not do what it was asked for. */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What it said. */
  public PeerException(String message) {
    super(message);
  }
}
