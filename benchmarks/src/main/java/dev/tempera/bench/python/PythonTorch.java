package dev.tempera.bench.python;

import dev.tempera.bench.contest.Attempt;
import dev.tempera.bench.contest.Contestant;
import dev.tempera.bench.machine.ResidentMemory;
import dev.tempera.bench.process.FloatFile;
import dev.tempera.bench.process.PeerException;
import dev.tempera.bench.process.PeerProcess;
import dev.tempera.bench.process.ScratchFolder;
import dev.tempera.bench.work.Computation;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.GramProduct;
import dev.tempera.bench.work.StyleStep;
import dev.tempera.data.Shape;
import dev.tempera.vgg.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** PyTorch in a Python process of its own, channels-last, and allowed to reuse memory. */
public final class PythonTorch implements Contestant {
  private static final String SCRIPT = "pytorch_peer.py";

  private final ScratchFolder folder = new ScratchFolder();
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
    try {
      Path script = folder.file(SCRIPT);
      try (InputStream source = PythonTorch.class.getResourceAsStream(SCRIPT)) {
        Files.copy(
            Objects.requireNonNull(source, SCRIPT), script, StandardCopyOption.REPLACE_EXISTING);
      }
      process =
          new PeerProcess(
              List.of(python, "-u", script.toString(), Integer.toString(threads)),
              PeerProcess.REUSE_MEMORY);
      version = greeting(python);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private String greeting(String python) {
    try {
      return process.answer();
    } catch (PeerException e) {
      process.close();
      throw new PeerException(python + " cannot import torch: " + e.getMessage());
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

  @Override
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
      Path file = folder.file("operand");
      FloatFile.write(file, operand.values());
      process.ask(
          String.join(
              " ",
              "operand",
              operand.name(),
              lengths(operand.shape()),
              operand.order().name().toLowerCase(Locale.ROOT),
              file.toString()));
    }
    process.ask(preparation(computation));
    return new PythonAttempt(process, computation.resultOrder(), folder.file("result"));
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

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
