package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.io.zip.ZipArchive;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what Keras 3 saves as {@code .keras}: a zip archive with the weights as HDF5 in {@code
 * model.weights.h5}, and the net's description in {@code config.json}, which becomes metadata under
 * that name.
 */
public final class KerasArchive {
  /** The name of the format. */
  public static final String FORMAT = "Keras zip";

  private static final String WEIGHTS = "model.weights.h5";
  private static final String DESCRIPTION = "config.json";
  private static final long LONGEST_DESCRIPTION = 4L << 20;

  private KerasArchive() {}

  /** Whether a file is a zip archive with Keras's weights in it. */
  public static boolean recognises(MappedFile file) {
    if (!ZipArchive.recognises(file)) {
      return false;
    }
    try {
      return ZipArchive.open(file, FORMAT).names().contains(WEIGHTS);
    } catch (TensorFileException _) {
      return false;
    }
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is damaged
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes whole = file.as(FORMAT);
    ZipArchive archive = ZipArchive.open(file, FORMAT);
    MemoryBudget budget = new MemoryBudget(whole);
    budget.take(
        whole, archive.size(WEIGHTS) == archive.stored(WEIGHTS).size() ? 0 : archive.size(WEIGHTS));
    ObjectWalk walk = Hdf5.walk(file, archive.bytes(WEIGHTS), budget);
    Map<String, String> metadata = new LinkedHashMap<>(walk.metadata());
    if (archive.names().contains(DESCRIPTION)) {
      budget.take(whole, 4 * Math.min(archive.size(DESCRIPTION), LONGEST_DESCRIPTION));
      FileBytes head = archive.head(DESCRIPTION, (int) LONGEST_DESCRIPTION);
      metadata.put(
          DESCRIPTION, head.text(0, head.size(), StandardCharsets.UTF_8, "the net's description"));
    }
    return new TensorFile(FORMAT, file, walk.entries(), metadata);
  }
}
