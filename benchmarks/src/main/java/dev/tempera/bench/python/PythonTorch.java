package dev.tempera.bench.python;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.data.Shape;
import dev.tempera.vgg.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * PyTorch in a Python process of its own, channels-last, and allowed to reuse memory: by default
 * glibc gives large blocks back to the system each time, and page faults then cost PyTorch more
 * than some of its kernels.
 */
public final class PythonTorch implements Contestant {
  private static final String SCRIPT = "pytorch_peer.py";
  private static final String FOUR_GIBIBYTES = Long.toString(1L << 32);
  private static final Map<String, String> REUSE_MEMORY =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", FOUR_GIBIBYTES,
          "MALLOC_TRIM_THRESHOLD_", FOUR_GIBIBYTES);

  private final Path folder;
  private final PeerProcess process;
  private final String version;

  /**
   * Starts the process.
   *
   * @param python the interpreter
   * @param threads that PyTorch may use
   * @throws IOException if there is no such interpreter, or files cannot be written
   * @throws PeerException if it has no PyTorch
   */
  public PythonTorch(String python, int threads) throws IOException {
    folder = Files.createTempDirectory("tempera-peers");
    try {
      Path script = folder.resolve(SCRIPT);
      try (InputStream source = PythonTorch.class.getResourceAsStream(SCRIPT)) {
        Files.copy(
            Objects.requireNonNull(source, SCRIPT), script, StandardCopyOption.REPLACE_EXISTING);
      }
      process =
          new PeerProcess(
              List.of(python, "-u", script.toString(), Integer.toString(threads)), REUSE_MEMORY);
      version = process.answer();
    } catch (IOException | RuntimeException e) {
      deleteFolder();
      throw e;
    }
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String description() {
    return version + " in Python, channels-last";
  }

  /** The most bytes of main memory that the process has held, where the system says. */
  public OptionalLong peakMemory() {
    return ResidentMemory.peak(process.number());
  }

  @Override
  public boolean runs(Computation computation) {
    return true;
  }

  @Override
  public Attempt prepare(Computation computation) {
    for (var operand : computation.operands()) {
      Path file = folder.resolve("operand");
      FloatFile.write(file, operand.values());
      process.ask(
          String.join(
              " ",
              "operand",
              operand.name(),
              lengths(operand.shape()),
              operand.order().name().toLowerCase(Locale.ROOT),
              file.toString()));
      delete(file);
    }
    process.ask(preparation(computation));
    return new PythonAttempt(process, computation.resultOrder(), folder.resolve("result"));
  }

  private String preparation(Computation computation) {
    return switch (computation) {
      case Convolution convolution -> {
        process.ask("shape image_like " + lengths(convolution.imageShape()));
        process.ask("shape weight_like " + lengths(convolution.weightShape()));
        yield String.join(
            " ",
            "prepare convolution",
            convolution.direction().label(),
            Integer.toString(convolution.stride()),
            Integer.toString(convolution.padding()));
      }
      case GramProduct gram -> "prepare gram " + gram.direction();
      case StyleStep _ ->
          String.join(
              " ",
              "prepare step",
              StyleStep.styleLayers().stream()
                  .map(Layer::convolution)
                  .map(Layer::toString)
                  .collect(Collectors.joining(",")),
              StyleStep.contentLayer().convolution().toString(),
              Double.toString(StyleStep.LEARNING_RATE));
    };
  }

  private static String lengths(Shape shape) {
    return Arrays.stream(shape.toArray())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteFolder() {
    for (String name : new String[] {SCRIPT, "operand", "result"}) {
      delete(folder.resolve(name));
    }
    delete(folder);
  }

  @Override
  public void close() {
    process.close();
    deleteFolder();
  }
}
