package dev.tempera.vgg.mapping;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.vgg.Preprocessing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MatConvNet: structures {@code layers{i}} with a name, and with {@code weights{1}} and {@code
 * weights{2}} or, in old files, {@code filters} and {@code biases}. Kernels are (kH, kW, Cin,
 * Cout): MatConvNet's {@code utils/import-caffe.py}, which wrote the published files, turns Caffe's
 * axes round and then exchanges the two spatial ones. The mean colour stands in the file.
 */
final class MatConvNetScheme implements WeightScheme {
  private static final Pattern NAME = Pattern.compile("((?:.*\\.)?layers\\{\\d+\\})\\.name");
  private static final Pattern MEAN = Pattern.compile("(?:.*\\.)?normalization\\.averageImage");

  MatConvNetScheme() {}

  @Override
  public Optional<NetMapping> map(WeightTable table) throws IOException {
    LayerNames names = new LayerNames(layers(table));
    if (names.convolutions().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MappingDraft(table, "layers of MatConvNet, by their names", names.convolutions())
            .fullyConnected(names.fullyConnected())
            .build(convention(table)));
  }

  private static Map<String, StoredConvolution> layers(WeightTable table) {
    Map<String, StoredConvolution> layers = new LinkedHashMap<>();
    table
        .metadata()
        .forEach(
            (key, name) -> {
              Matcher matcher = NAME.matcher(key);
              if (matcher.matches()) {
                String layer = matcher.group(1);
                table
                    .find(layer + ".weights{1}")
                    .or(() -> table.find(layer + ".filters"))
                    .ifPresent(
                        kernel ->
                            layers.put(
                                name,
                                StoredConvolution.of(
                                    kernel,
                                    table
                                        .find(layer + ".weights{2}")
                                        .or(() -> table.find(layer + ".biases")))));
              }
            });
    return layers;
  }

  private static WeightConvention convention(WeightTable table) throws IOException {
    for (Map.Entry<String, TensorEntry> entry : table.entries().entrySet()) {
      TensorEntry mean = entry.getValue();
      if (MEAN.matcher(entry.getKey()).matches() && mean.shape().size() % 3 == 0) {
        return WeightConvention.CAFFE_RGB.with(
            Preprocessing.scaled(255, meanColour(mean), new double[] {1, 1, 1}),
            "Pixels are 255·RGB less the mean colour that the file gives as "
                + entry.getKey()
                + ".");
      }
    }
    return WeightConvention.CAFFE_RGB;
  }

  /** The mean over the pixels of an (H, W, 3) image, or of three numbers. */
  private static double[] meanColour(TensorEntry image) throws IOException {
    Shape shape = image.shape();
    float[] values = image.toFloats();
    boolean channelsLast = shape.rank() < 3 || shape.dim(-1) == 3;
    int pixels = values.length / 3;
    double[] mean = new double[3];
    for (int i = 0; i < values.length; i++) {
      mean[channelsLast ? i % 3 : i / pixels] += values[i] / (double) pixels;
    }
    return mean;
  }
}
