package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.mapping.ConvolutionEntry;
import dev.tempera.vgg.mapping.NetMapping;
import dev.tempera.vgg.mapping.NetMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nets of MatConvNet, from the bytes of a file to the layers. */
class MatConvNetFilesTest {
  @TempDir Path folder;

  private Path write(MatConvNetFixture net) throws IOException {
    return Files.write(folder.resolve("net.mat"), net.toBytes());
  }

  @Test
  void readsKernelsAndBiasesOfTheOldLayout() throws IOException {
    try (TensorFile file = WeightFiles.open(write(MatConvNetFixture.old()))) {
      assertThat(file.entries())
          .containsOnlyKeys(
              "layers{1}.filters",
              "layers{1}.biases",
              "layers{3}.filters",
              "layers{3}.biases",
              "layers{6}.filters",
              "layers{6}.biases",
              "normalization.averageImage");
      assertThat(file.metadata())
          .containsEntry("layers{1}.name", "conv1_1")
          .containsEntry("layers{2}.type", "relu")
          .containsEntry("layers{5}.name", "pool1");
      assertThat(file.entry("layers{3}.filters").shape()).isEqualTo(Shape.of(3, 3, 4, 5));
      assertThat(file.entry("layers{3}.filters").strides()).containsExactly(1, 3, 9, 36);
    }
  }

  @Test
  void mapsTheOldLayout() throws IOException {
    assertMaps(MatConvNetFixture.old());
  }

  @Test
  void mapsTheCurrentLayout() throws IOException {
    assertMaps(MatConvNetFixture.current());
  }

  private void assertMaps(MatConvNetFixture net) throws IOException {
    Path path = write(net);
    try (TensorFile file = WeightFiles.open(path)) {
      NetMapping mapping = NetMappings.of(path, file);
      Preprocessing expected =
          Preprocessing.scaled(255, new double[] {120, 110, 100}, new double[] {1, 1, 1});
      assertThat(mapping.preprocessing().matrix()).containsExactly(expected.matrix());
      assertThat(mapping.preprocessing().offset()).containsExactly(expected.offset());
      assertThat(mapping.convolutions()).containsOnlyKeys(net.kernels().keySet());
      for (Map.Entry<Layer, float[]> kernel : net.kernels().entrySet()) {
        ConvolutionEntry convolution =
            Objects.requireNonNull(mapping.convolutions().get(kernel.getKey()));
        assertThat(convolution.kernelValues())
            .as(kernel.getKey().toString())
            .isEqualTo(outputsFirst(kernel.getValue(), convolution.shape()));
        assertThat(convolution.biasValues())
            .containsExactly(MatConvNetFixture.bias(convolution.outputChannels()));
      }
    }
  }

  /**
   * Values (kH, kW, Cin, Cout), the first axis fastest, as (Cout, Cin, kH, kW), the last fastest.
   */
  private static float[] outputsFirst(float[] values, Shape shape) {
    float[] result = new float[values.length];
    int next = 0;
    for (int output = 0; output < shape.dim(0); output++) {
      for (int input = 0; input < shape.dim(1); input++) {
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 3; x++) {
            result[next++] = values[y + 3 * (x + 3 * (input + shape.dim(1) * output))];
          }
        }
      }
    }
    return result;
  }
}
