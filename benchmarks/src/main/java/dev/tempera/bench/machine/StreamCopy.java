package dev.tempera.bench.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Copies one large array to another by several threads, a part each: what STREAM (McCalpin, 1995)
 * calls copy. The platform's own copy routine does the work.
 */
public final class StreamCopy implements AutoCloseable {
  private final int threads;
  private final long bytes;
  private final Arena arena = Arena.ofShared();
  private final ExecutorService executor;
  private final MemorySegment source;
  private final MemorySegment target;

  /** Takes two arrays of so many numbers and starts the threads. */
  public StreamCopy(int threads, int floats) {
    this.threads = threads;
    this.bytes = (long) floats * Float.BYTES;
    this.executor = Executors.newFixedThreadPool(threads);
    this.source = arena.allocate(bytes, 64).fill((byte) 1);
    this.target = arena.allocate(bytes, 64).fill((byte) 2);
  }

  /** Copies once. */
  public void run() {
    long part = Math.ceilDiv(bytes, threads);
    Future<?>[] parts =
        IntStream.range(0, threads)
            .mapToObj(
                i -> {
                  long start = i * part;
                  long length = Math.min(part, bytes - start);
                  return executor.submit(
                      () -> MemorySegment.copy(source, start, target, start, length));
                })
            .toArray(Future<?>[]::new);
    for (Future<?> future : parts) {
      try {
        future.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the copy failed", e);
      }
    }
  }

  /** The median rate of several copies, in GB/s; what is read and what is written both count. */
  public double rate(int copies) {
    List<Double> seconds = new ArrayList<>();
    run();
    for (int i = 0; i < copies; i++) {
      long start = System.nanoTime();
      run();
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    return 2 * bytes / Statistics.median(seconds) / 1e9;
  }

  @Override
  public void close() {
    executor.close();
    arena.close();
  }
}
