package dev.tempera.bench.machine;

import dev.tempera.cpu.simd.FmaPeak;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How fast so many threads can multiply and add in registers. Clock rates and neighbours change
 * within seconds, so it is measured again and again beside what it is compared with.
 */
public final class PeakRate implements AutoCloseable {
  private static final int ROUNDS = 2_000_000;
  private static final int WARM_UP_BURSTS = 30;

  /** Bursts of a measurement: sleeping processors take some milliseconds to wake. */
  private static final int BURSTS = 8;

  private final int threads;
  private final ExecutorService executor;
  private final List<Double> measured = new ArrayList<>();

  /** Starts the threads and lets their loops be compiled. */
  public PeakRate(int threads) {
    this.threads = threads;
    this.executor = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < WARM_UP_BURSTS; i++) {
      burst();
    }
  }

  /** Measures once, for some tens of milliseconds, and notes the fastest few of them. */
  public void measure() {
    double fastest = 0;
    for (int i = 0; i < BURSTS; i++) {
      fastest = Math.max(fastest, burst());
    }
    measured.add(fastest);
  }

  /** The median of the latest measurements, in GFLOP/s. */
  public double median(int latest) {
    return Statistics.median(
        measured.subList(Math.max(0, measured.size() - latest), measured.size()));
  }

  /** The median of all measurements, in GFLOP/s. */
  public double median() {
    return Statistics.median(measured);
  }

  private double burst() {
    Callable<Float> loop = () -> FmaPeak.run(ROUNDS);
    List<Callable<Float>> loops = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      loops.add(loop);
    }
    try {
      long start = System.nanoTime();
      for (Future<Float> finished : executor.invokeAll(loops)) {
        if (finished.get().isNaN()) {
          throw new IllegalStateException("multiplying and adding halves gives numbers");
        }
      }
      double nanos = System.nanoTime() - start;
      return threads * FmaPeak.operations(ROUNDS) / nanos;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the peak was measured", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the peak could not be measured", e);
    }
  }

  @Override
  public void close() {
    executor.close();
  }
}
