package dev.tempera.nn;

import dev.tempera.data.DType;
import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorFile;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters and buffers of a block in a safetensors file, under their full names. */
public final class StateFile {
  private StateFile() {}

  /**
   * Writes the state of a block, whole or not at all; an existing file is replaced.
   *
   * @throws IOException if the file cannot be written
   */
  public static void save(Block block, Path path) throws IOException {
    save(block, path, Map.of());
  }

  /**
   * Writes the state of a block, whole or not at all; an existing file is replaced.
   *
   * @param metadata free text for the header, such as what the net was trained on
   * @throws IOException if the file cannot be written
   */
  public static void save(Block block, Path path, Map<String, String> metadata) throws IOException {
    SafetensorsWriter.write(path, block.state(), metadata);
  }

  /**
   * Reads the state of a block from a safetensors file that has exactly its names and shapes.
   *
   * @throws StateMismatchException if names are missing or unexpected, or shapes or types differ;
   *     nothing is changed then
   * @throws IOException if the file is broken or cannot be read; nothing is changed then
   */
  public static void load(Block block, Path path) throws IOException {
    try (TensorFile file = Safetensors.open(path)) {
      load(block, file);
    }
  }

  /**
   * Reads the state of a block from an open file, of whatever format, that has exactly its names
   * and shapes; see {@link #load(Block, Path)}.
   */
  public static void load(Block block, TensorFile file) throws IOException {
    StateReport report = StateReport.compare(block.state(), file.entries());
    if (!report.isComplete()) {
      throw new StateMismatchException(report);
    }
    assign(block, file, report);
  }

  /**
   * Reads from a safetensors file whatever fits a block by name and shape, and leaves the rest as
   * it is.
   *
   * @return what was read and what was not
   * @throws IOException if the file is broken or cannot be read; nothing is changed then
   */
  public static StateReport loadMatching(Block block, Path path) throws IOException {
    try (TensorFile file = Safetensors.open(path)) {
      return loadMatching(block, file);
    }
  }

  /**
   * Reads from an open file, of whatever format, what fits a block; see {@link #loadMatching(Block,
   * Path)}.
   */
  public static StateReport loadMatching(Block block, TensorFile file) throws IOException {
    StateReport report = StateReport.compare(block.state(), file.entries());
    assign(block, file, report);
    return report;
  }

  /** Reads everything first, so that a file broken further on changes nothing. */
  private static void assign(Block block, TensorFile file, StateReport report) throws IOException {
    try (NoRecord _ = NoRecord.open();
        TensorScope _ = TensorScope.open("state file")) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      for (String name : report.loaded()) {
        values.put(name, file.entry(name).toTensor());
      }
      block.assign(values);
    }
  }

  /** Whether values of one type can stand for another: both real, or both the same. */
  static boolean converts(DType from, DType to) {
    return from == to || (from.isFloating() && to.isFloating());
  }
}
