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
  private final RecordingState.Section section;

  private NoRecord() {
    section = RecordingState.recording(false);
  }

  /** Opens a section in which nothing is recorded. */
  public static NoRecord open() {
    return new NoRecord();
  }

  @Override
  public void close() {
    section.close();
  }
}
