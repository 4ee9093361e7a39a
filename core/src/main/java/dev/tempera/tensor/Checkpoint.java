package dev.tempera.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Trades time for memory (Chen et al., 2016, "Training deep nets with sublinear memory cost"): a
 * checkpointed segment keeps its inputs and none of the values inside it; when its gradient is
 * computed it runs once more. Gradients have the same bits as without.
 *
 * <pre>{@code
 * Tensor y = Checkpoint.apply(x -> block(x), image);
 * }</pre>
 *
 * <p>The segment may use other tensors than its inputs, tracked or frozen; they must still be open
 * when gradients are computed. Tensors that it makes and does not return are closed when it ends.
 * Segments nest. In the second run it must do the same: numbers that it draws from something that
 * changes go through {@link #drawn}, and what must not happen twice asks {@link #isRunningAgain}. A
 * second run that differs in its operations, or in operands written over in between, is refused
 * with {@link IllegalStateException} when gradients are computed.
 */
public final class Checkpoint {
  private Checkpoint() {}

  /** What is checkpointed. */
  @FunctionalInterface
  public interface Segment {
    /** The outputs, in an order of the segment's own. */
    List<Tensor> run(List<Tensor> inputs);
  }

  /** Runs a segment of one input and one output. */
  public static Tensor apply(UnaryOperator<Tensor> segment, Tensor input) {
    Segment single = inputs -> List.of(segment.apply(inputs.get(0)));
    return apply(single, List.of(input)).get(0);
  }

  /** Runs a segment of several inputs or outputs. */
  public static List<Tensor> apply(Segment segment, List<Tensor> inputs) {
    inputs.forEach(input -> input.requireOpen("checkpoint"));
    RecordingState state = RecordingState.current();
    if (!state.isRecording() || state.deferring() != null) {
      return inScope(segment, inputs);
    }
    CheckpointSegment deferred = new CheckpointSegment(segment, inputs);
    try (RecordingState.Section _ = RecordingState.deferring(deferred)) {
      return inScope(segment, inputs);
    } finally {
      deferred.endFirstRun();
    }
  }

  private static List<Tensor> inScope(Segment segment, List<Tensor> inputs) {
    try (TensorScope scope = TensorScope.open("checkpoint")) {
      List<Tensor> outputs = new ArrayList<>();
      for (Tensor output : segment.run(List.copyOf(inputs))) {
        boolean isNew = output.scope() == scope;
        outputs.add(scope.keep(isNew ? output : output.managedAlias()));
      }
      return List.copyOf(outputs);
    }
  }

  /**
   * A number that is drawn the first time, and the same when a checkpointed segment runs again:
   * seeds and counters of random numbers.
   *
   * @param draw called unless a segment runs again
   */
  public static long drawn(LongSupplier draw) {
    RecordingState state = RecordingState.current();
    CheckpointSegment replaying = state.replaying();
    CheckpointSegment deferring = state.deferring();
    long number = replaying == null ? draw.getAsLong() : replaying.drawAgain(draw);
    return deferring == null ? number : deferring.firstDraw(number);
  }

  /** Whether a checkpointed segment is being run for its gradient, the second time. */
  public static boolean isRunningAgain() {
    return RecordingState.current().replaying() != null;
  }
}
