package dev.tempera.tensor;

import org.jspecify.annotations.Nullable;

/** What becomes of the operations that one thread runs now: whether and how they are recorded. */
final class RecordingState {
  private static final ThreadLocal<RecordingState> CURRENT =
      ThreadLocal.withInitial(() -> new RecordingState(true, null, null));

  private final boolean recording;
  private final @Nullable CheckpointSegment deferring;
  private final @Nullable CheckpointSegment replaying;

  private RecordingState(
      boolean recording,
      @Nullable CheckpointSegment deferring,
      @Nullable CheckpointSegment replaying) {
    this.recording = recording;
    this.deferring = deferring;
    this.replaying = replaying;
  }

  /** A section of a thread's work; closing it restores what was before. */
  record Section(RecordingState before) implements AutoCloseable {
    @Override
    public void close() {
      CURRENT.set(before);
    }
  }

  /** The state of this thread. */
  static RecordingState current() {
    return CURRENT.get();
  }

  private static Section enter(RecordingState next) {
    Section section = new Section(CURRENT.get());
    CURRENT.set(next);
    return section;
  }

  /** A section in which operations are recorded or not, otherwise as before. */
  static Section recording(boolean recording) {
    RecordingState now = current();
    return enter(new RecordingState(recording, now.deferring, now.replaying));
  }

  /** A section in which operations keep nothing and get their rules from the segment later. */
  static Section deferring(CheckpointSegment segment) {
    RecordingState now = current();
    return enter(new RecordingState(now.recording, segment, now.replaying));
  }

  /** A section in which operations are recorded, and reported to the segment. */
  static Section replaying(CheckpointSegment segment) {
    return enter(new RecordingState(true, null, segment));
  }

  /** Whether operations are recorded. */
  boolean isRecording() {
    return recording;
  }

  /** The segment that rules of recorded operations are left to; null for none. */
  @Nullable CheckpointSegment deferring() {
    return deferring;
  }

  /** The segment that recorded operations are reported to; null for none. */
  @Nullable CheckpointSegment replaying() {
    return replaying;
  }
}
