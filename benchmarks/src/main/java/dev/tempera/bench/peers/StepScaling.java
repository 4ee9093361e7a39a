package dev.tempera.bench.peers;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.machine.PeakRate;
import dev.tempera.bench.machine.Statistics;
import dev.tempera.bench.ours.Tempera;
import dev.tempera.bench.work.StyleStep;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a step of style transfer of ours grows with the image and shrinks with threads. Rounds
 * alternate between one thread, all threads, and all threads on an image of twice the side.
 */
final class StepScaling {
  private final PeersOptions options;
  private final int size;

  StepScaling(PeersOptions options, int size) {
    this.options = options;
    this.size = size;
  }

  /** Measures and prints two lines. */
  void print(PrintWriter out, PeakRate onePeak, PeakRate allPeak) {
    List<Double> one = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    List<Double> twice = new ArrayList<>();
    try (Tempera single = new Tempera(1);
        Tempera many = new Tempera(options.threads());
        Attempt oneStep = single.prepare(new StyleStep(size));
        Attempt allStep = many.prepare(new StyleStep(size));
        Attempt twiceStep = many.prepare(new StyleStep(2 * size))) {
      warmUp(allStep);
      oneStep.run();
      twiceStep.run();
      for (int i = 0; i < options.repetitions(); i++) {
        onePeak.measure();
        allPeak.measure();
        one.add(oneStep.run());
        all.add(allStep.run());
        twice.add(twiceStep.run());
      }
    }
    double allMillis = Statistics.median(all);
    double oneMillis = Statistics.median(one);
    double onePeakRate = onePeak.median(options.repetitions());
    double allPeakRate = allPeak.median(options.repetitions());
    out.printf(
        Locale.ROOT,
        "case=scaling-threads threads=%d one_thread_ms=%.2f ours_ms=%.2f ratio=%.2f"
            + " peak_gflops_1=%.0f peak_gflops=%.0f peak_ratio=%.2f shape=%dx%d%n",
        options.threads(),
        oneMillis,
        allMillis,
        oneMillis / allMillis,
        onePeakRate,
        allPeakRate,
        allPeakRate / onePeakRate,
        size,
        size);
    double twiceMillis = Statistics.median(twice);
    out.printf(
        Locale.ROOT,
        "case=scaling-size threads=%d small=%dx%d small_ms=%.2f large=%dx%d large_ms=%.2f"
            + " ratio=%.2f%n",
        options.threads(),
        size,
        size,
        allMillis,
        2 * size,
        2 * size,
        twiceMillis,
        twiceMillis / allMillis);
    out.flush();
  }

  private void warmUp(Attempt step) {
    double millis = 0;
    for (int i = 0; i < 2 || millis < 1e3 * options.warmUpSeconds(); i++) {
      millis += step.run();
    }
  }
}
