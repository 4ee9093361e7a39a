package dev.tempera.io;

import dev.tempera.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An open file of named tensors, whatever its format. Reading it copies nothing: the entries point
 * into the mapped file and end with it, so what is to outlive {@link #close} is copied first.
 */
public final class TensorFile implements AutoCloseable {
  private final String format;
  private final MappedFile file;
  private final Map<String, TensorEntry> entries;
  private final Map<String, String> metadata;

  /**
   * A file that a reader has understood.
   *
   * @param format the format's name
   * @param file the mapped file, closed with this object
   * @param entries the tensors by name, in the file's order
   * @param metadata what else the file says, by name, in the file's order
   */
  public TensorFile(
      String format,
      MappedFile file,
      Map<String, TensorEntry> entries,
      Map<String, String> metadata) {
    this.format = format;
    this.file = file;
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Understands a mapped file of one format, or of several. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads a file, which belongs to the result from then on.
     *
     * @throws TensorFileException if it breaks a rule of its format
     */
    TensorFile read(MappedFile file) throws TensorFileException;
  }

  /**
   * Maps a file and reads it; a file that cannot be read is unmapped again.
   *
   * @throws TensorFileException if it cannot be mapped, or breaks a rule of its format
   */
  public static TensorFile open(Path path, Reader reader) throws TensorFileException {
    MappedFile file = MappedFile.open(path);
    boolean understood = false;
    try {
      TensorFile result = reader.read(file);
      understood = true;
      return result;
    } finally {
      if (!understood) {
        file.close();
      }
    }
  }

  /** The name of the format, such as {@code safetensors}. */
  public String format() {
    return format;
  }

  /** The tensors by name, in the file's order. */
  public Map<String, TensorEntry> entries() {
    return entries;
  }

  /**
   * The tensor with this name.
   *
   * @throws TensorFileException if the file has none of that name
   */
  public TensorEntry entry(String name) throws TensorFileException {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw file.as(format)
          .failure(
              name,
              0,
              "the file has no such tensor; its " + entries.size() + " tensors have other names");
    }
    return entry;
  }

  /**
   * Copies of all tensors by name, in the file's order, on the current backend; they outlive the
   * file.
   *
   * @throws TensorFileException if the bytes of one cannot be decompressed
   */
  public Map<String, Tensor> toTensors() throws TensorFileException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorEntry entry : entries.values()) {
      tensors.put(entry.name(), entry.toTensor());
    }
    return tensors;
  }

  /**
   * What the file says besides tensors (numbers and text of a checkpoint, a safetensors header), by
   * name.
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The length of the file in bytes. */
  public long byteSize() {
    return file.size();
  }

  /** Unmaps the file; its entries cannot be read from then on. */
  @Override
  public void close() {
    file.close();
  }
}
