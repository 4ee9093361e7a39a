package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.data.Philox;
import dev.tempera.style.LossRecord;
import dev.tempera.style.Opening;
import dev.tempera.style.Progress;
import dev.tempera.style.Recipe;
import dev.tempera.style.Scale;
import dev.tempera.style.StyleResult;
import dev.tempera.style.StyleTransfer;
import dev.tempera.style.image.Picture;
import dev.tempera.vgg.VggNet;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times one step of style transfer: full-width VGG19 to conv5_1 with random weights, five style
 * losses and one content loss, backward to the image, L-BFGS update.
 *
 * <p>Arguments: longest side in pixels (512), number of steps (7). Prints one line: median
 * milliseconds of a step after the first two, convolution GFLOP/s, and memory.
 */
public final class StepBenchmark {
  private StepBenchmark() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException {
    int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 512;
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    StyleResult result =
        StyleTransfer.builder()
            .content(noise(size, 1))
            .style(noise(size, 2))
            .features((content, styles) -> VggNet.random(StyleStep.NET, 3))
            .recipe(Recipe.TEMPERA.withScales(List.of(new Scale(1, 1))))
            .size(size)
            .iterations(steps + 2)
            .listener(new Collecting())
            .run();
    List<LossRecord> history = result.history();
    double[] millis = new double[steps];
    for (int i = 0; i < steps; i++) {
      millis[i] = history.get(i + 2).elapsedMillis() - history.get(i + 1).elapsedMillis();
    }
    Arrays.sort(millis);
    double median = millis[steps / 2];
    Backend backend = Backends.current();
    double mebibyte = 1 << 20;
    System.out.printf(
        Locale.ROOT,
        "case=step size=%d ours_ms=%.0f gflops=%.0f peak_live_mib=%.0f reserved_mib=%.0f"
            + " heap_max_mib=%.0f backend=\"%s\"%n",
        size,
        median,
        new StyleStep(size).operations() / median / 1e6,
        backend.memory().peak() / mebibyte,
        backend.memory().reserved() / mebibyte,
        Runtime.getRuntime().maxMemory() / mebibyte,
        backend.description());
  }

  /** Collects what pictures and weights were made through, as the command line does. */
  private static final class Collecting implements Progress.Listener {
    @Override
    public void onStart(Opening opening) {
      System.gc();
    }

    @Override
    public boolean onEvaluation(Progress progress) {
      return true;
    }
  }

  private static Picture noise(int size, long seed) {
    return Picture.of(size, size, new Philox(seed, 0).uniform(3 * size * size));
  }
}
