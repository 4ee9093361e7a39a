package dev.tempera.leaks;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;

/** Does with tensors what one should not do; started by {@link MemoryDebugTest}. */
public final class LeakingProgram {
  private LeakingProgram() {}

  /** Makes each mistake once. */
  public static void main(String[] arguments) throws InterruptedException {
    forget();
    // The garbage collector is asked until the forgotten tensor is found, within the test's limit.
    for (int i = 0; i < 10; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Tensor used = make();
    close(used);
    try {
      used.add(1);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
    }
    closeAgain(used);
    leak();
  }

  private static Tensor make() {
    return Tensor.ones(2, 3);
  }

  private static void close(Tensor tensor) {
    tensor.close();
  }

  private static void closeAgain(Tensor tensor) {
    tensor.close();
  }

  private static void leak() {
    try (TensorScope scope = TensorScope.open("leaking")) {
      scope.release(Tensor.ones(100).exp());
    }
  }

  private static void forget() {
    Tensor.ones(7);
  }
}
