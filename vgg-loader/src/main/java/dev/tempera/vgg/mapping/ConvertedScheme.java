package dev.tempera.vgg.mapping;

import dev.tempera.vgg.WeightMetadata;
import java.io.IOException;
import java.util.Optional;

/** Files that this project has converted: layer names, and everything else in the header. */
final class ConvertedScheme implements WeightScheme {
  ConvertedScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    Optional<WeightMetadata> metadata = WeightMetadata.of(table.path(), table.metadata());
    Optional<KeyEndings> endings = KeyEndings.of(table);
    if (metadata.isEmpty() || endings.isEmpty()) {
      return Optional.empty();
    }
    LayerNames names = new LayerNames(endings.get().layers(table));
    if (names.convolutions().isEmpty()) {
      return Optional.empty();
    }
    WeightMetadata said = metadata.get();
    return Optional.of(
        new MappingDraft(table, "a file converted by this program", names.convolutions())
            .because("The header says that it was made from " + said.source() + ".")
            .fullyConnected(names.fullyConnected())
            .build(
                new WeightConvention(
                    said.family(),
                    said.preprocessing(),
                    said.padding(),
                    said.ceilPooling(),
                    "Preprocessing, padding and pooling stand in the header.")));
  }
}
