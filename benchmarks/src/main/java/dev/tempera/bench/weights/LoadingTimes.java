package dev.tempera.bench.weights;

import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.VggLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times one file of VGG19's size: finding out what tensors are in it, which is the first thing that
 * this process does, then loading the weights up to conv5_1.
 *
 * <p>Prints milliseconds of the first time and the median of the later ones, and by how much the
 * private memory of the process ({@code RssAnon}) rose at most during the first load, less the
 * weights.
 */
final class LoadingTimes {
  private static final Layer DEEPEST = Layer.conv(5, 1);
  private static final long WEIGHTS_TO_CONV5_1 = 12_944_960L * Float.BYTES;

  private LoadingTimes() {}

  /** Something that is timed. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /**
   * Runs and prints.
   *
   * @param arguments the file, and how many times it is loaded
   */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    double[] open = new double[Integer.parseInt(arguments[1])];
    double[] load = new double[open.length];
    open[0] = milliseconds(() -> open(path));
    try (PrivateMemory memory = new PrivateMemory()) {
      load[0] = milliseconds(() -> load(path));
      long beyond = memory.rise() - WEIGHTS_TO_CONV5_1;
      for (int i = 1; i < open.length; i++) {
        open[i] = milliseconds(() -> open(path));
        load[i] = milliseconds(() -> load(path));
      }
      System.out.printf(
          Locale.ROOT,
          "%-22s open %7.1f, then %6.1f ms   load %7.1f, then %6.1f ms   beyond %4d MiB%n",
          path.getFileName(),
          open[0],
          median(open),
          load[0],
          median(load),
          Math.max(beyond, 0) >> 20);
    }
  }

  private static void open(Path path) throws IOException {
    try (TensorFile file = WeightFiles.open(path)) {
      if (file.entries().isEmpty()) {
        throw new IOException(path + " has no tensors");
      }
    }
  }

  private static void load(Path path) throws IOException {
    VggLoader.load(path, DEEPEST).close();
  }

  private static double milliseconds(Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /** The median of all but the first. */
  private static double median(double[] times) {
    double[] later = Arrays.copyOfRange(times, 1, times.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
