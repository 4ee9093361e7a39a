package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Vgg;
import dev.tempera.vgg.VggNet;
import dev.tempera.vgg.format.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link VggNet} from a file of weights: finds the convolutions by the publisher's names,
 * takes the net's shape from the tensors, and settles preprocessing, padding and pooling by where
 * the weights come from.
 */
public final class VggLoader {
  private VggLoader() {}

  /**
   * The net in a file.
   *
   * @param deepest nothing behind this layer is read; null for all there is
   * @throws IOException if the file is damaged, of no known format, or holds no VGG-shaped net
   */
  public static VggNet load(Path file, @Nullable Layer deepest) throws IOException {
    try (TensorFile tensors = WeightFiles.open(file)) {
      NetMapping mapping = NetMappings.of(file, tensors);
      Vgg whole = mapping.description();
      Vgg description = deepest == null ? whole : whole.until(deepest);
      return VggNet.of(
          description,
          mapping.family(),
          origin(file, mapping, description),
          layer -> Objects.requireNonNull(mapping.convolutions().get(layer)).load());
    }
  }

  private static String origin(Path file, NetMapping mapping, Vgg description) {
    return file.getFileName()
        + ": "
        + mapping.family().description()
        + ", "
        + description.convolutions().size()
        + " convolutions to "
        + description.deepest();
  }
}
