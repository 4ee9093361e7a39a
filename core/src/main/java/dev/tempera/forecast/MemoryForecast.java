package dev.tempera.forecast;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.data.ByteCount;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.Comparator;
import java.util.List;

/**
 * How much memory a computation will take, found out before it runs: the same program runs on a
 * {@link NullBackend}, which counts bytes and computes nothing.
 *
 * <pre>{@code
 * MemoryForecast forecast =
 *     MemoryForecast.of(
 *         () -> {
 *           Tensor image = Tensor.zeros(1, 3, 512, 512).track();
 *           network.apply(image).square().sum().backward();
 *         });
 * System.out.println(forecast);
 * }</pre>
 *
 * <p>The program makes its tensors itself; {@link #standIn} takes the place of one that exists.
 * Where it reads values, it gets those that {@link NullBackend} describes.
 *
 * @param peakBytes the most bytes that tensors, records for gradients and kernels hold at one time
 * @param reservedBytes the bytes that the backend obtains from the system for them: blocks are
 *     larger than what is asked for, and stay in the pool
 * @param keptBytes the most bytes that records for gradients hold at one time, frozen weights left
 *     out
 * @param atPeak what was held at the peak, by what made it, the largest first
 */
public record MemoryForecast(
    long peakBytes, long reservedBytes, long keptBytes, List<Share> atPeak) {
  /**
   * What was made by one operation and is held at the peak.
   *
   * @param op the operation
   * @param blocks how many blocks of memory
   * @param bytes their bytes
   */
  public record Share(String op, long blocks, long bytes) {}

  /** Copies the list. */
  public MemoryForecast {
    atPeak = List.copyOf(atPeak);
  }

  /** What a program will take on the current backend, when that holds nothing else. */
  public static MemoryForecast of(Runnable program) {
    return of(Backends.current(), program);
  }

  /** What a program will take on a backend, when that holds nothing else. */
  public static MemoryForecast of(Backend backend, Runnable program) {
    NullBackend counting = NullBackend.like(backend);
    try (Backends.Choice _ = Backends.use(counting);
        TensorScope _ = TensorScope.open("forecast")) {
      program.run();
    }
    return counting.forecast();
  }

  /**
   * A tensor of the type, shape and memory layout of another, without its content, on the current
   * backend; frozen if that one is.
   *
   * @throws IllegalStateException outside of a forecast's program
   */
  public static Tensor standIn(Tensor other) {
    if (!(Backends.current() instanceof NullBackend counting)) {
      throw new IllegalStateException(
          "standIn: there is no forecast here\n  rule    the program of a forecast calls it");
    }
    Tensor standIn = Tensor.of(counting, counting.standIn(other.view()));
    return other.view().storage().isFrozen() ? standIn.freeze() : standIn;
  }

  static MemoryForecast of(Ledger ledger) {
    MemoryStatistics statistics = ledger.statistics();
    List<Share> shares =
        ledger.heldAtPeak().entrySet().stream()
            .map(
                held -> new Share(held.getKey(), held.getValue().blocks(), held.getValue().bytes()))
            .sorted(
                Comparator.comparingLong((Share share) -> -share.bytes()).thenComparing(Share::op))
            .toList();
    return new MemoryForecast(statistics.peak(), statistics.reserved(), ledger.mostKept(), shares);
  }

  /** A line of totals, and one for each operation that holds memory at the peak. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("peak ")
            .append(ByteCount.text(peakBytes))
            .append(", obtained from the system ")
            .append(ByteCount.text(reservedBytes))
            .append(", kept for gradients ")
            .append(ByteCount.text(keptBytes));
    for (Share share : atPeak) {
      text.append(
          String.format(
              "%n  %10s  %s (%d %s)",
              ByteCount.text(share.bytes),
              share.op,
              share.blocks,
              share.blocks == 1 ? "block" : "blocks"));
    }
    return text.toString();
  }
}
