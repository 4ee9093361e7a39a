package dev.tempera.bench.weights;

import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorFile;
import dev.tempera.io.npy.NpzWriter;
import dev.tempera.io.npy.NpzWriter.Compression;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.VggLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * How long full-size VGG19 files take to load up to conv5_1, and how much memory that takes beyond
 * the weights themselves.
 *
 * <p>Arguments: a folder for the files (a temporary one; 2.3 GB), repetitions (7). Files that lie
 * in the folder are not written again. Prints one line a format: milliseconds of the first load and
 * their median, and the private memory of this process ({@code RssAnon}) that the first load
 * leaves, less the weights.
 */
public final class WeightLoading {
  private static final Layer DEEPEST = Layer.conv(5, 1);
  private static final long WEIGHTS_TO_CONV5_1 = 12_944_960L * Float.BYTES;

  private final Path folder;
  private final int repetitions;

  private WeightLoading(Path folder, int repetitions) {
    this.folder = folder;
    this.repetitions = repetitions;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException {
    Path folder =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("weights");
    int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    new WeightLoading(Files.createDirectories(folder), repetitions).run();
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Writer {
    void write(Path path) throws IOException;
  }

  /** Reads a file, and says how what was read is closed after the measurement. */
  @FunctionalInterface
  private interface Work {
    Runnable run(Path path) throws IOException;
  }

  private void run() throws IOException {
    Path zip = file("vgg19-zip.pth", new TorchVgg19()::writeZip);
    Path legacy = file("vgg19-legacy.pth", new TorchVgg19()::writeLegacy);
    Path safetensors = file("vgg19.safetensors", path -> convert(zip, path, false));
    Path npz = file("vgg19.npz", path -> convert(zip, path, true));
    for (Path path : new Path[] {zip, legacy, safetensors, npz}) {
      time("load to conv5_1", path, WeightLoading::load);
    }
    time("map", safetensors, path -> Safetensors.open(path)::close);
  }

  private Path file(String name, Writer writer) throws IOException {
    Path path = folder.resolve(name);
    if (!Files.exists(path)) {
      writer.write(path);
    }
    return path;
  }

  private static void convert(Path from, Path to, boolean npz) throws IOException {
    try (TensorFile file = WeightFiles.open(from)) {
      if (npz) {
        NpzWriter.write(to, file.entries().values(), Compression.STORED);
      } else {
        SafetensorsWriter.write(to, file.entries().values(), Map.of());
      }
    }
  }

  private static Runnable load(Path path) throws IOException {
    return VggLoader.load(path, DEEPEST)::close;
  }

  private void time(String what, Path path, Work work) throws IOException {
    double[] milliseconds = new double[repetitions];
    long before = privateBytes();
    long extra = 0;
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      Runnable close = work.run(path);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
      if (i == 0) {
        extra = privateBytes() - before - WEIGHTS_TO_CONV5_1;
      }
      close.run();
    }
    double first = milliseconds[0];
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "%-16s %-18s %4d MB  first %7.1f ms  median %7.1f ms  beyond the weights %4d MB%n",
        what,
        path.getFileName(),
        Files.size(path) >> 20,
        first,
        milliseconds[repetitions / 2],
        Math.max(extra, 0) >> 20);
  }

  private static long privateBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("/proc/self/status has no RssAnon");
  }
}
