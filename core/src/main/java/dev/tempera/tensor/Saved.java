package dev.tempera.tensor;

import dev.tempera.autograd.Kept;
import dev.tempera.autograd.KeptMemory;
import dev.tempera.autograd.Node;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that a recorded operation keeps for its gradient rule: one of its inputs, or its output.
 */
public final class Saved implements Kept {
  /** Stands for a value that was not kept because no gradient needs it. */
  static final Saved NOTHING = new Saved("", null);

  private final String op;
  private @Nullable Tensor tensor;
  private int version;
  private @Nullable Node<Tensor> outputNode;

  Saved(String op, @Nullable Tensor tensor) {
    this.op = op;
    this.tensor = tensor;
    this.version = tensor == null ? 0 : tensor.view().storage().version();
    if (tensor != null) {
      tensor.view().storage().heldByRecord(true);
    }
  }

  /**
   * Fills in the output once it exists. Its node is not held, since the node holds this.
   *
   * @param unrecorded a handle without a node, taken over
   */
  void setOutput(Tensor unrecorded, Node<Tensor> node) {
    tensor = unrecorded;
    version = unrecorded.view().storage().version();
    outputNode = node;
    unrecorded.view().storage().heldByRecord(true);
  }

  /**
   * The tensor, for use inside the rule.
   *
   * @throws IllegalStateException if its content has been written over since
   */
  public Tensor tensor() {
    Tensor kept = tensor;
    if (kept == null) {
      throw new IllegalStateException(op + ": this value was not kept for the gradient");
    }
    Storage storage = kept.view().storage();
    if (storage.version() != version) {
      throw new IllegalStateException(
          op
              + ": a tensor needed for the gradient was written over since\n  tensor  "
              + kept.dtype()
              + kept.shape()
              + "\n  hint    compute gradients before the optimiser's step");
    }
    if (outputNode == null) {
      return kept;
    }
    View view = kept.view();
    storage.retain();
    outputNode.retain();
    return Tensor.managed(op, kept.backend(), view, outputNode);
  }

  /**
   * The tensor as memory for the rule's result, for a rule that runs for the last time; null if
   * somebody else sees that memory or the rule is recorded. Whoever writes there says so by {@link
   * Recording#write}.
   */
  public @Nullable Tensor takeOver() {
    Tensor kept = tensor();
    View view = kept.view();
    Storage storage = view.storage();
    boolean isFree =
        outputNode == null
            && !RecordingState.current().isRecording()
            && storage.hasOneHolder()
            && !storage.isFrozen()
            && view.isDense();
    if (!isFree) {
      return null;
    }
    storage.retain();
    return Tensor.managed(op, kept.backend(), view, null);
  }

  @Override
  public void release() {
    if (tensor != null) {
      tensor.view().storage().heldByRecord(false);
      tensor.close();
      tensor = null;
    }
  }

  @Override
  public List<KeptMemory> memory() {
    Tensor held = tensor;
    if (held == null) {
      return List.of();
    }
    Storage storage = held.view().storage();
    return List.of(
        new KeptMemory(role(held) + held.dtype() + held.shape(), storage, storage.byteSize()));
  }

  private String role(Tensor held) {
    if (outputNode != null) {
      return "output ";
    }
    Node<Tensor> node = held.node();
    if (node == null) {
      return "constant ";
    }
    return node.isLeaf() ? "leaf " : "input ";
  }
}
