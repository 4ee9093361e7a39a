package dev.tempera.vgg.format.tfjs;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads TensorFlow.js models: a {@code model.json} with the list of weights, and files beside it
 * with their elements, one after another. Elements that are stored in fewer bits are expanded when
 * they are read.
 *
 * @see <a href="https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts">the
 *     members of the file</a>
 */
public final class TensorFlowJs {
  /** The name of the format. */
  public static final String FORMAT = "TensorFlow.js";

  private static final long LONGEST_MODEL = 64 << 20;
  private static final byte[] MEMBER =
      ('"' + Manifest.MEMBER + '"').getBytes(StandardCharsets.US_ASCII);

  private TensorFlowJs() {}

  /** Whether a file is a JSON object that speaks of a manifest of weights. */
  public static boolean recognises(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    if (bytes.size() > LONGEST_MODEL) {
      return false;
    }
    long at = 0;
    while (at < bytes.size() && Character.isWhitespace(bytes.uint8(at))) {
      at++;
    }
    if (!bytes.startsWith(at, (byte) '{')) {
      return false;
    }
    while (at < bytes.size() && !bytes.startsWith(at, MEMBER)) {
      at++;
    }
    return at < bytes.size();
  }

  /**
   * Reads a mapped {@code model.json}, which belongs to the result from then on, as do the files
   * that it lists.
   *
   * @throws TensorFileException if it is damaged, or those files are missing or of another size
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    if (bytes.size() > LONGEST_MODEL) {
      throw bytes.failure(0, "a model.json of " + bytes.size() + " bytes");
    }
    Manifest manifest = Manifest.read(bytes);
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (ManifestGroup group : manifest.groups()) {
      Shards shards = new Shards(file, group.paths());
      long position = 0;
      for (ManifestWeight weight : group.weights()) {
        long size = weight.storedSize();
        if (size > shards.size() - position) {
          throw bytes.failure(
              weight.name(),
              weight.position(),
              "takes " + size + " bytes, its files have " + (shards.size() - position) + " left");
        }
        entries.put(weight.name(), entry(file, weight, shards.content(position, size)));
        position += size;
      }
      if (position != shards.size()) {
        throw bytes.failure(
            bytes.size(),
            "the files have " + shards.size() + " bytes, their tensors take " + position);
      }
    }
    return new TensorFile(FORMAT, file, entries, Map.of());
  }

  private static TensorEntry entry(MappedFile file, ManifestWeight weight, Content stored) {
    Quantization quantization = weight.quantization();
    Content content = stored;
    if (quantization != null) {
      content =
          file.filled(
              weight.shape().size() * weight.dtype().byteSize(),
              target -> quantization.expand(stored.read(), target, weight.dtype()));
    }
    return new TensorEntry(
        weight.name(),
        weight.dtype(),
        weight.shape(),
        weight.shape().rowMajorStrides(),
        weight.position(),
        content);
  }
}
