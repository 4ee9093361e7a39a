package dev.tempera.bench.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Watches the private memory of this process from a thread of its own, every few milliseconds. */
final class PrivateMemory implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int PAUSE_MILLISECONDS = 2;

  private final long before;
  private final Thread watcher;
  private volatile long most;

  PrivateMemory() {
    before = now();
    most = before;
    watcher = Thread.ofPlatform().daemon().start(this::watch);
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      most = Math.max(most, now());
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** By how many bytes it has risen at most. */
  long rise() {
    return Math.max(most, now()) - before;
  }

  private static long now() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(STATUS + " has no RssAnon");
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
