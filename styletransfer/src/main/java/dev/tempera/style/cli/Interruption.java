package dev.tempera.style.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a picture is being made: the run stops after the evaluation it is in, the best
 * picture is saved, and only then the process ends.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::waitForTheSave, "tempera-interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** Begins to watch. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void waitForTheSave() {
    requested = true;
    try {
      if (!saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("tempera: gave up waiting for the picture");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the user wants to stop. */
  boolean isRequested() {
    return requested;
  }

  /** Notes that everything is saved. */
  void saved() {
    saved.countDown();
  }

  /** Ends the watch; a process that is ending does not wait any longer. */
  @Override
  public void close() {
    saved.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyEnding) {
        requested = true;
      }
    }
  }
}
