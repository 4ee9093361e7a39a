package dev.tempera.io;

import dev.tempera.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes safetensors files. The data starts at a multiple of 64 bytes, so that a mapped file can be
 * used where it lies; the header is padded with spaces to get there. The same tensors and text give
 * the same bytes.
 */
public final class SafetensorsWriter {
  private static final int LENGTH_BYTES = 8;
  private static final int DATA_ALIGNMENT = 64;

  private SafetensorsWriter() {}

  /**
   * Writes a file, whole or not at all.
   *
   * @param path where; an existing file is replaced
   * @param tensors the tensors in the order to write them, each in its stored type; those that are
   *     not dense are written row-major
   * @param metadata free text for the header, such as where the weights come from
   * @throws IllegalArgumentException if two tensors have the same name, or one has the name {@code
   *     __metadata__}
   * @throws IOException if a tensor cannot be read or the file cannot be written
   */
  public static void write(Path path, Collection<TensorEntry> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = header(tensors, metadata);
    AtomicFile.write(
        path,
        channel -> {
          MemoryWriter.write(MemorySegment.ofArray(header), channel);
          for (TensorEntry tensor : tensors) {
            try (Arena arena = Arena.ofConfined()) {
              MemoryWriter.write(tensor.toRowMajor(arena), channel);
            }
          }
        });
  }

  /**
   * Writes tensors in their types, whole or not at all.
   *
   * @param path where; an existing file is replaced
   * @param tensors by name, in the order to write them
   * @param metadata free text for the header, such as where the weights come from
   * @throws IllegalArgumentException if a tensor has the name {@code __metadata__}
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    write(path, TensorEntry.of(tensors), metadata);
  }

  private static byte[] header(Collection<TensorEntry> tensors, Map<String, String> metadata) {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      appendMetadata(json, metadata);
    }
    Set<String> names = new HashSet<>(Set.of("__metadata__"));
    long offset = 0;
    for (TensorEntry tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "safetensors: two members of the header would be named '" + tensor.name() + "'");
      }
      long end = offset + tensor.shape().size() * tensor.dtype().byteSize();
      separate(json);
      appendText(json, tensor.name());
      json.append(":{\"dtype\":\"")
          .append(SafetensorsType.nameOf(tensor.dtype()))
          .append("\",\"shape\":")
          .append(tensor.shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(offset)
          .append(',')
          .append(end)
          .append("]}");
      offset = end;
    }
    return padded(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void appendMetadata(StringBuilder json, Map<String, String> metadata) {
    json.append("\"__metadata__\":{");
    metadata.forEach(
        (key, value) -> {
          separate(json);
          appendText(json, key);
          json.append(':');
          appendText(json, value);
        });
    json.append('}');
  }

  private static void separate(StringBuilder json) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private static byte[] padded(byte[] json) {
    int total = Math.ceilDiv(LENGTH_BYTES + json.length, DATA_ALIGNMENT) * DATA_ALIGNMENT;
    MemorySegment header = MemorySegment.ofArray(new byte[total]).fill((byte) ' ');
    header.set(
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
        0,
        total - LENGTH_BYTES);
    MemorySegment.copy(json, 0, header, ValueLayout.JAVA_BYTE, LENGTH_BYTES, json.length);
    return header.toArray(ValueLayout.JAVA_BYTE);
  }
}
