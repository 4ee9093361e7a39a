package dev.tempera.vgg.mapping;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of an open file of weights.
 *
 * @param path the file, as the user named it
 * @param file its tensors
 */
record WeightTable(Path path, TensorFile file) {
  /** The tensors by name, in the file's order. */
  Map<String, TensorEntry> entries() {
    return file.entries();
  }

  /** The names in the file's order. */
  Collection<String> names() {
    return file.entries().keySet();
  }

  /** What the file says besides tensors. */
  Map<String, String> metadata() {
    return file.metadata();
  }

  /** Whether the format's name starts like this. */
  boolean isFormat(String start) {
    return file.format().startsWith(start);
  }

  /** The tensor of this name, if there is one. */
  Optional<TensorEntry> find(String name) {
    return Optional.ofNullable(file.entries().get(name));
  }

  /** The name of the file without its folder. */
  String fileName() {
    return String.valueOf(path.getFileName());
  }

  /** An exception about this file. */
  IOException failure(String problem) {
    return new IOException(path + ": " + problem);
  }

  /**
   * All numbers of a small tensor.
   *
   * @throws IOException if it has not so many, or cannot be read
   */
  float[] values(TensorEntry entry, int count, String what) throws IOException {
    Shape shape = entry.shape();
    if (shape.size() != count) {
      throw failure(
          "tensor '"
              + entry.name()
              + "' has shape "
              + shape
              + ", expected "
              + count
              + " numbers of "
              + what);
    }
    return entry.toFloats();
  }
}
