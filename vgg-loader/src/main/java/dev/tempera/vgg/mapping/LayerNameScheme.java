package dev.tempera.vgg.mapping;

import java.io.IOException;
import java.util.Optional;

/**
 * The authors' layer names in the names of tensors: {@code conv1_1.weight}, {@code conv11.weight},
 * {@code conv1_1/0}, {@code conv1_1_W}, {@code arg:conv1_1_weight}, {@code
 * vgg_19/conv1/conv1_1/weights}.
 */
final class LayerNameScheme implements WeightScheme {
  LayerNameScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    Optional<KeyEndings> endings = KeyEndings.of(table);
    if (endings.isEmpty()) {
      return Optional.empty();
    }
    LayerNames names = new LayerNames(endings.get().layers(table));
    boolean onlyNumbered =
        names.preprocessing().filter(layer -> !PixelConvolution.is(layer)).isPresent();
    if (names.convolutions().isEmpty() || onlyNumbered) {
      return Optional.empty();
    }
    MappingDraft draft =
        new MappingDraft(
                table,
                "layers by the authors' names (conv1_1" + endings.get().weights() + ")",
                names.convolutions())
            .fullyConnected(names.fullyConnected());
    Optional<StoredConvolution> pixels = names.preprocessing();
    if (pixels.isPresent()) {
      return Optional.of(
          draft.build(
              WeightConvention.normalised(PixelConvolution.of(table, pixels.get()), false)));
    }
    return Optional.of(
        draft.build(
            endings.get().turnedToRgb() ? WeightConvention.CAFFE_RGB : WeightConvention.CAFFE_BGR));
  }
}
