package dev.tempera.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads safetensors files: eight bytes with the length of the header, the header in JSON, and the
 * tensors side by side, row-major and little-endian. Nothing is copied; opening a file costs as
 * much as its header is long.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format's definition</a>
 */
public final class Safetensors {
  /** The name of the format. */
  public static final String FORMAT = "safetensors";

  private static final int LENGTH_BYTES = 8;
  private static final long LONGEST_HEADER = 100_000_000;

  private Safetensors() {}

  /**
   * Opens a file.
   *
   * @throws TensorFileException if it cannot be read or breaks a rule of the format
   */
  public static TensorFile open(Path path) throws TensorFileException {
    return TensorFile.open(path, Safetensors::read);
  }

  /**
   * Whether a file starts as safetensors files do: the length of a header that fits, and its
   * opening brace.
   */
  public static boolean recognises(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    if (bytes.size() <= LENGTH_BYTES) {
      return false;
    }
    long length = bytes.int64(0);
    return bytes.uint8(LENGTH_BYTES) == '{' && length > 0 && length <= LONGEST_HEADER;
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it breaks a rule of the format
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    long headerLength = bytes.int64(0);
    if (headerLength < 2 || headerLength > LONGEST_HEADER) {
      throw bytes.failure(
          0,
          "a header of "
              + Long.toUnsignedString(headerLength)
              + " bytes, not of 2 to "
              + LONGEST_HEADER);
    }
    FileBytes text = bytes.slice(LENGTH_BYTES, headerLength, "the header");
    long dataStart = LENGTH_BYTES + headerLength;
    SafetensorsHeader header = SafetensorsHeader.read(text, bytes.size() - dataStart);
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (SafetensorsHeader.Member member : header.tensors().values()) {
      FileBytes content =
          bytes.slice(dataStart + member.begin(), member.end() - member.begin(), "the tensor");
      entries.put(
          member.name(),
          new TensorEntry(
              member.name(),
              member.dtype(),
              member.shape(),
              member.shape().rowMajorStrides(),
              content.fileOffset(0),
              content::segment));
    }
    return new TensorFile(FORMAT, file, entries, header.metadata());
  }
}
