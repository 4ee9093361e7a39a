package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out which VGG-shaped net the tensors of a file are. */
public final class NetMappings {
  /** Names that say most come first; shapes alone come last. */
  private static final List<WeightScheme> SCHEMES =
      List.of(
          new ConvertedScheme(),
          new MatConvNetScheme(),
          new KerasScheme(),
          new LayerNameScheme(),
          new SequentialScheme(),
          new NumberedScheme(),
          new ShapeScheme());

  private NetMappings() {}

  /**
   * The net in an open file.
   *
   * @param path the file, for messages
   * @throws IOException if it holds no VGG-shaped net, or cannot be read
   */
  public static NetMapping of(Path path, TensorFile file) throws IOException {
    WeightTable table = new WeightTable(path, file);
    for (WeightScheme scheme : SCHEMES) {
      Optional<NetMapping> mapping = scheme.map(table);
      if (mapping.isPresent()) {
        return mapping.get();
      }
    }
    List<String> names = table.names().stream().limit(4).toList();
    throw table.failure(
        "no VGG-shaped net in here; "
            + (names.isEmpty()
                ? "there are no tensors"
                : "tensors are named " + String.join(", ", names))
            + ", expected names like conv1_1.weight, features.0.weight or block1_conv1/kernel,"
            + " or a chain of 3×3 kernels from three channels");
  }
}
