package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import dev.tempera.data.Storage;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The net for tensors made outside of any scope: the garbage collector gives their memory back,
 * late, and says so once.
 */
final class ForgottenTensors {
  private static final System.Logger LOGGER = System.getLogger("dev.tempera.tensor");
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicBoolean REPORTED = new AtomicBoolean();

  private ForgottenTensors() {}

  /** Puts a tensor into a scope, or under the eyes of the garbage collector if there is none. */
  static void adopt(Tensor tensor, @Nullable TensorScope scope) {
    if (scope != null) {
      scope.add(tensor);
    } else {
      Holds holds = new Holds(tensor);
      tensor.setNet(CLEANER.register(tensor, holds), holds);
    }
  }

  /** Says that a closed tensor is closed once more and where, if lines are noted. */
  static void reportSecondClosing(Tensor tensor) {
    MemoryTrace trace = tensor.trace();
    if (trace != null) {
      String first = trace.closed();
      trace.close();
      LOGGER.log(
          System.Logger.Level.WARNING,
          "a tensor of shape {0} was closed twice\n  made    by {1}\n  closed  at {2}\n  again   at {3}",
          tensor.shape(),
          trace.made(),
          first,
          trace.closed());
    }
  }

  /** What a tensor holds, without the tensor. */
  static final class Holds implements Runnable {
    private final Storage storage;
    private final @Nullable Node<Tensor> node;
    private final @Nullable MemoryTrace trace;
    private final String shape;
    private volatile boolean closedByHand;

    Holds(Tensor tensor) {
      this.storage = tensor.view().storage();
      this.node = tensor.node();
      this.trace = tensor.trace();
      this.shape = tensor.shape().toString();
    }

    /** Notes that the tensor gives its memory back itself. */
    void closedByHand() {
      closedByHand = true;
    }

    @Override
    public void run() {
      if (closedByHand) {
        return;
      }
      storage.release();
      if (node != null) {
        node.release();
      }
      if (trace != null || REPORTED.compareAndSet(false, true)) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "a tensor of shape "
                + shape
                + (trace == null ? "" : ", made by " + trace.made() + ",")
                + " was never closed; the garbage collector gave its memory back."
                + " Open a TensorScope around the work, or close tensors by hand."
                + (trace == null ? " -Dtempera.memory.debug=true names the line." : ""));
      }
    }
  }
}
