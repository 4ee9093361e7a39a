package dev.tempera.tensor;

import dev.tempera.autograd.Kept;
import dev.tempera.autograd.Node;
import dev.tempera.autograd.Rule;
import dev.tempera.backend.Backend;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an operation records itself: it asks which inputs need a gradient, keeps what its rule needs
 * and no more, and wraps its result.
 *
 * <pre>{@code
 * Recording recording = Recording.of("multiply", a, b);
 * View y = recording.backend().binary(BinaryOp.MULTIPLY, a.view(), b.view());
 * Saved keptA = recording.save(a, recording.needs(1));
 * Saved keptB = recording.save(b, recording.needs(0));
 * return recording.result(y, (gradient, into) -> {
 *   into.add(0, () -> gradient.multiply(keptB.tensor()));
 *   into.add(1, () -> gradient.multiply(keptA.tensor()));
 * });
 * }</pre>
 */
public final class Recording {
  private final String op;
  private final Tensor[] inputs;
  private final @Nullable RecordingState state;
  private List<Kept> kept = List.of();
  private @Nullable Saved output;

  private Recording(String op, Tensor[] inputs) {
    this.op = op;
    this.inputs = inputs;
    boolean tracked = false;
    for (Tensor input : inputs) {
      tracked |= input.isTracked();
    }
    RecordingState now = tracked ? RecordingState.current() : null;
    this.state = now != null && now.isRecording() ? now : null;
  }

  /**
   * Begins to record an operation.
   *
   * @param op the operation's name, for messages
   * @param inputs at least one
   * @throws IllegalStateException if an input is closed
   * @throws IllegalArgumentException if inputs live on different backends
   */
  @SuppressWarnings("ReferenceEquality") // Backends are compared by identity.
  public static Recording of(String op, Tensor... inputs) {
    for (Tensor input : inputs) {
      input.requireOpen(op);
      if (input.backend() != inputs[0].backend()) {
        throw new IllegalArgumentException(
            op
                + ": operands live on different backends\n  rule    one backend for all, here "
                + inputs[0].backend().name()
                + " and "
                + input.backend().name());
      }
    }
    return new Recording(op, inputs.clone());
  }

  /** The backend of the inputs. */
  public Backend backend() {
    return inputs[0].backend();
  }

  /** Whether anything is recorded: an input is tracked and recording is on. */
  public boolean isActive() {
    return state != null;
  }

  /** Whether this input needs a gradient. */
  public boolean needs(int input) {
    return isActive() && inputs[input].isTracked();
  }

  /** Whether values are kept: not inside a checkpointed segment, which computes them again. */
  private boolean keepsValues() {
    return state != null && state.deferring() == null;
  }

  /** Keeps an input for the rule, if it is needed. */
  public Saved save(Tensor input, boolean needed) {
    if (!needed || !keepsValues()) {
      return Saved.NOTHING;
    }
    Saved saved = new Saved(op, input.alias());
    add(saved);
    return saved;
  }

  /** Keeps the result for the rule. */
  public Saved saveOutput() {
    if (!keepsValues()) {
      return Saved.NOTHING;
    }
    Saved saved = new Saved(op, null);
    output = saved;
    add(saved);
    return saved;
  }

  /**
   * Takes over memory that is no tensor of its own, such as a mask; it is given back if nothing is
   * recorded.
   */
  public void keep(Storage storage) {
    if (keepsValues()) {
      add(new SavedStorage(storage));
    } else {
      storage.release();
    }
  }

  private void add(Kept value) {
    if (kept.isEmpty()) {
      kept = new ArrayList<>(2);
    }
    kept.add(value);
  }

  /**
   * Wraps a result that has memory of its own, which is taken over, and attaches the rule if
   * anything is recorded.
   *
   * @throws AnomalyException if {@link Anomaly} looks for NaN and the operation made one
   */
  public Tensor result(View value, Rule<Tensor> rule) {
    Tensor result =
        state == null
            ? Tensor.managed(op, backend(), value, null)
            : Tensor.managed(op, backend(), value, record(state, value, rule));
    finish(result);
    return result;
  }

  private Node<Tensor> record(RecordingState now, View value, Rule<Tensor> rule) {
    List<@Nullable Node<Tensor>> nodes = new ArrayList<>(inputs.length);
    for (Tensor input : inputs) {
      nodes.add(input.node());
    }
    CheckpointSegment deferring = now.deferring();
    Node<Tensor> node =
        deferring == null
            ? Node.of(op, value.dtype(), value.shape(), nodes, kept, rule)
            : deferring.defer(op, value, inputs, nodes);
    if (output != null) {
      value.storage().retain();
      output.setOutput(Tensor.unmanaged(op, backend(), value, null), node);
    }
    if (now.replaying() != null) {
      now.replaying().replayed(op, inputs, node);
    }
    if (Anomaly.isOn()) {
      node.noteOrigin(new RecordedHere(op));
    }
    return node;
  }

  /**
   * Wraps a result that has memory of its own, which is taken over, and that no gradient flows
   * through.
   */
  public Tensor untracked(View value) {
    Tensor result = Tensor.managed(op, backend(), value, null);
    finish(result);
    return result;
  }

  /**
   * Runs a kernel that writes over the first input in place, for a gradient rule: nothing is
   * recorded.
   */
  public void write(Runnable kernel) {
    inputs[0].view().storage().markModified();
    try {
      kernel.run();
    } finally {
      stayReachable();
    }
  }

  /** What is done once the kernel has run: its operands were alive until now. */
  private void finish(Tensor result) {
    try {
      if (Anomaly.isOn()) {
        Anomaly.check(op, inputs, result);
      }
    } finally {
      stayReachable();
    }
  }

  @SuppressWarnings("ReachabilityFenceUsage") // It is called in finally blocks.
  private void stayReachable() {
    for (Tensor input : inputs) {
      Reference.reachabilityFence(input);
    }
  }

  /**
   * Wraps the first input as the result of an operation that has nothing to change: a handle of its
   * own, so that closing it is the same whatever the input.
   */
  public Tensor unchanged() {
    return sharedResult(inputs[0].view(), (gradient, into) -> into.add(0, () -> gradient));
  }

  /** Wraps a result that shares the memory of an input. */
  public Tensor sharedResult(View value, Rule<Tensor> rule) {
    value.storage().retain();
    return result(value, rule);
  }
}
