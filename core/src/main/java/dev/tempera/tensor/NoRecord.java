package dev.tempera.tensor;

/**
 * A section of one thread in which nothing is recorded for gradients.
 *
 * <pre>{@code
 * try (NoRecord _ = NoRecord.open()) {
 *   Tensor prediction = network.apply(image);
 * }
 * }</pre>
 */
public final class NoRecord implements AutoCloseable {
  private static final ThreadLocal<Boolean> RECORDING = ThreadLocal.withInitial(() -> true);

  private final boolean before;

  private NoRecord(boolean recording) {
    before = RECORDING.get();
    RECORDING.set(recording);
  }

  /** Opens a section in which nothing is recorded. */
  public static NoRecord open() {
    return new NoRecord(false);
  }

  /** Opens a section in which operations are recorded or not. */
  static NoRecord recording(boolean recording) {
    return new NoRecord(recording);
  }

  /** Whether operations of this thread are being recorded now. */
  static boolean isRecording() {
    return RECORDING.get();
  }

  @Override
  public void close() {
    RECORDING.set(before);
  }
}
