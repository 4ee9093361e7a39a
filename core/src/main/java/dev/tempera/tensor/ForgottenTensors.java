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
      Holds holds = new Holds(tensor.view().storage(), tensor.node(), tensor.shape().toString());
      tensor.setNet(CLEANER.register(tensor, holds), holds);
    }
  }

  /** What a tensor holds, without the tensor. */
  static final class Holds implements Runnable {
    private final Storage storage;
    private final @Nullable Node<Tensor> node;
    private final String shape;
    private volatile boolean closedByHand;

    Holds(Storage storage, @Nullable Node<Tensor> node, String shape) {
      this.storage = storage;
      this.node = node;
      this.shape = shape;
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
      if (REPORTED.compareAndSet(false, true)) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "a tensor of shape "
                + shape
                + " was never closed; the garbage collector gave its memory back."
                + " Open a TensorScope around the work, or close tensors by hand.");
      }
    }
  }
}
