package dev.tempera.bench.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.ConvolutionEntry;
import dev.tempera.vgg.mapping.NetMapping;
import dev.tempera.vgg.mapping.NetMappings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated files are read as the net that they should hold. */
class Vgg19FilesTest {
  private static final List<Vgg19.Layer> LAYERS = Vgg19.layers(32);

  @TempDir private static Path folder;

  @BeforeAll
  static void writeFiles() throws IOException {
    for (Vgg19Files.Writer writer : new Vgg19Files(LAYERS).writers()) {
      writer.write(folder);
    }
  }

  static Stream<String> names() {
    return new Vgg19Files(LAYERS).writers().stream().map(Vgg19Files.Writer::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyLayerIsFound(String name) throws IOException {
    Path path = folder.resolve(name);
    try (TensorFile file = WeightFiles.open(path)) {
      NetMapping mapping = NetMappings.of(path, file);
      Map<Layer, ConvolutionEntry> convolutions = mapping.convolutions();
      assertThat(convolutions).hasSize(16);
      assertThat(mapping.fullyConnected()).hasSize(3);
      for (Vgg19.Layer layer : LAYERS) {
        if (layer.isConvolution()) {
          ConvolutionEntry found = convolutions.get(Layer.conv(layer.block(), layer.index()));
          assertThat(found).as(layer.name()).isNotNull();
          assertThat(found.kernelValues()).hasSize((int) layer.weights());
          assertThat(found.biasValues()).hasSize(layer.outputs());
          assertThat(found.kernelValues()).as(layer.name()).doesNotContain(0f, 1f);
        }
      }
    }
  }
}
