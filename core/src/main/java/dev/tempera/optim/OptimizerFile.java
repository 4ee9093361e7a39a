package dev.tempera.optim;

import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of an optimiser in a safetensors file: with it and the parameters, training goes on
 * with the bits that it would have had without the interruption.
 *
 * <p>Tensors are named {@code PARAMETER/STATE}; the header's text holds how many steps were made in
 * all and by each parameter.
 */
public final class OptimizerFile {
  private static final String STEPS = "steps";

  private OptimizerFile() {}

  /**
   * Writes the state, whole or not at all; an existing file is replaced.
   *
   * @throws IOException if the file cannot be written
   */
  public static void save(Optimizer optimizer, Path path) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(STEPS, Integer.toString(optimizer.steps()));
    optimizer.counts().forEach((name, count) -> metadata.put(key(name), Integer.toString(count)));
    SafetensorsWriter.write(path, TensorEntry.of(optimizer.state()), metadata);
  }

  /**
   * Reads the state into an optimiser of the same kind and parameters.
   *
   * @throws IllegalArgumentException if names, shapes or types differ from the optimiser's, or a
   *     count of steps is missing or no number; nothing is changed then
   * @throws IOException if the file is broken or cannot be read; nothing is changed then
   */
  public static void load(Optimizer optimizer, Path path) throws IOException {
    try (TensorFile file = Safetensors.open(path);
        TensorScope _ = TensorScope.open("optimizer file")) {
      int steps = count(file, STEPS);
      Map<String, Integer> counts = new LinkedHashMap<>();
      for (String name : optimizer.counts().keySet()) {
        counts.put(name, count(file, key(name)));
      }
      Map<String, Tensor> state = optimizer.state();
      for (Map.Entry<String, TensorEntry> entry : file.entries().entrySet()) {
        requireFitting(entry.getKey(), entry.getValue(), state.get(entry.getKey()));
      }
      Map<Tensor, Tensor> values = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> own : state.entrySet()) {
        values.put(own.getValue(), file.entry(own.getKey()).toTensor());
      }
      values.forEach(Tensor::assign);
      optimizer.resume(steps, counts);
    }
  }

  private static String key(String parameter) {
    return STEPS + "/" + parameter;
  }

  private static int count(TensorFile file, String key) {
    String text = file.metadata().get(key);
    int count = -1;
    try {
      count = text == null ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      count = -1;
    }
    if (count < 0) {
      throw new IllegalArgumentException(
          "optimizer file: no count of steps under '"
              + key
              + "'\n  rule    a whole number from 0, here "
              + text
              + "\n  hint    the file belongs to other parameters, or is no optimizer's");
    }
    return count;
  }

  private static void requireFitting(String name, TensorEntry entry, @Nullable Tensor own) {
    if (own == null || own.dtype() != entry.dtype() || !own.shape().equals(entry.shape())) {
      throw new IllegalArgumentException(
          "optimizer file: '"
              + name
              + "' does not fit\n  file    "
              + entry.dtype()
              + entry.shape()
              + "\n  optimizer "
              + (own == null ? "has none of that name" : own.dtype().toString() + own.shape())
              + "\n  hint    make the optimizer as it was when the file was written");
    }
  }
}
