package dev.tempera.vgg.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.PaddingMode;
import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import dev.tempera.data.Shape;
import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.WeightFamily;
import dev.tempera.vgg.WeightMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nets that are written and read again. */
class WeightConversionTest {
  private static final WeightMetadata METADATA =
      new WeightMetadata(
          "4 | 6 | 8 8 | 10 10 | 10 10",
          WeightFamily.NORMALISED,
          Preprocessing.TORCHVISION,
          PaddingMode.REPLICATE,
          true,
          "sample.h5",
          "none",
          "0f".repeat(32));

  private final SampleNet net = new SampleNet(SampleNet.VGG11);

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void putUnderNamesOfKeras() {
    out = folder.resolve("out.safetensors");
    for (Layer layer : net.layers()) {
      String name = "block" + layer.block() + "_conv" + layer.index();
      net.put(layer, KernelOrder.HWIO, name + "/kernel:0", name + "/bias:0");
    }
  }

  private void convert(DType type, Layer until) throws IOException {
    try (TensorFile file = net.file("HDF5")) {
      NetMapping mapping = NetMappings.of(SampleNet.PATH, file);
      WeightConversion.write(out, mapping, until, type, METADATA);
    }
  }

  @Test
  void float32ComesBackToTheBit() throws IOException {
    convert(DType.FLOAT32, Layer.pool(5));
    try (TensorFile file = Safetensors.open(out)) {
      NetMapping mapping = NetMappings.of(out, file);
      assertThat(mapping.description().widths()).isEqualTo(net.widths());
      for (Layer layer : net.layers()) {
        ConvolutionEntry entry = Objects.requireNonNull(mapping.convolutions().get(layer));
        assertThat(entry.kernelValues()).containsExactly(net.kernel(layer));
        assertThat(entry.biasValues()).containsExactly(net.bias(layer));
      }
    }
  }

  @Test
  void theHeaderDecidesWhatElseBelongsToTheWeights() throws IOException {
    convert(DType.FLOAT32, Layer.pool(5));
    try (TensorFile file = Safetensors.open(out)) {
      NetMapping mapping = NetMappings.of(out, file);
      assertThat(mapping.family()).isEqualTo(WeightFamily.NORMALISED);
      assertThat(mapping.padding()).isEqualTo(PaddingMode.REPLICATE);
      assertThat(mapping.ceilPooling()).isTrue();
      assertThat(mapping.preprocessing().matrix())
          .containsExactly(Preprocessing.TORCHVISION.matrix());
      assertThat(mapping.preprocessing().offset())
          .containsExactly(Preprocessing.TORCHVISION.offset());
      assertThat(WeightMetadata.of(out, file.metadata()).orElseThrow().toHeader())
          .isEqualTo(METADATA.toHeader());
    }
  }

  @Test
  void halfFloatsAreRoundedToTheNearest() throws IOException {
    convert(DType.FLOAT16, Layer.relu(2, 1));
    try (TensorFile file = Safetensors.open(out)) {
      assertThat(file.entries())
          .containsOnlyKeys("conv1_1.weight", "conv1_1.bias", "conv2_1.weight", "conv2_1.bias");
      float[] read = file.entry("conv2_1.weight").toFloats();
      float[] stored = net.kernel(Layer.conv(2, 1));
      for (int i = 0; i < read.length; i++) {
        assertThat(read[i]).isEqualTo(HalfFloats.fromFloat16(HalfFloats.toFloat16(stored[i])));
      }
    }
  }

  @Test
  void integersAreNoWeights() {
    assertThatThrownBy(() -> convert(DType.INT8, Layer.relu(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not as int8");
    assertThat(out).doesNotExist();
  }

  @Test
  void aWrongHeaderIsRefused() throws IOException {
    List<TensorEntry> tensors;
    try (TensorFile file = net.file("HDF5")) {
      tensors =
          List.of(
              TensorEntry.dense(
                  "conv1_1.weight",
                  DType.FLOAT32,
                  Shape.of(4, 3, 3, 3),
                  file.entry("block1_conv1/kernel:0").bytes()));
      SafetensorsWriter.write(out, tensors, Map.of("tempera.version", "1"));
    }
    try (TensorFile file = Safetensors.open(out)) {
      assertThatThrownBy(() -> NetMappings.of(out, file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("tempera.sha256");
    }
  }
}
