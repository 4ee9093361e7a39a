package dev.tempera.vgg.fetch;

import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The check whether a file is what its publisher says: its size and its hash, and where no hash is
 * published, whether it can be read as a file of tensors.
 */
final class Verification {
  private Verification() {}

  /**
   * Checks a file.
   *
   * @throws FetchException if it is not what was published
   * @throws IOException if it cannot be read
   */
  static void check(WeightSource source, Path file) throws IOException {
    long bytes = Files.size(file);
    if (source.bytes().isPresent() && source.bytes().getAsLong() != bytes) {
      throw new FetchException(
          "%s has %d bytes, but was published with %d"
              .formatted(source.fileName(), bytes, source.bytes().getAsLong()));
    }
    if (source.hash().isEmpty()) {
      readable(source, file);
      return;
    }
    PublishedHash hash = source.hash().get();
    String digits = hash.digitsOf(file);
    if (!digits.equals(hash.digits())) {
      throw new FetchException(
          "%s is not what was published: its %s is %s, expected %s"
              .formatted(source.fileName(), hash.algorithm(), digits, hash.digits()));
    }
  }

  private static void readable(WeightSource source, Path file) throws IOException {
    try (TensorFile tensors = WeightFiles.open(file)) {
      if (tensors.entries().isEmpty()) {
        throw new FetchException(source.fileName() + " has no tensors in it");
      }
    } catch (TensorFileException broken) {
      throw new FetchException(String.valueOf(broken.getMessage()), broken);
    }
  }
}
