package dev.tempera.vgg.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.io.TensorFile;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.WeightFamily;
import dev.tempera.vgg.format.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One small net under the names and in the orders of every source. */
class NetMappingsTest {
  private final SampleNet net = new SampleNet(SampleNet.VGG11);

  private NetMapping map(String format) throws IOException {
    try (TensorFile file = net.file(format)) {
      return NetMappings.of(SampleNet.PATH, file);
    }
  }

  private void assertIsTheNet(NetMapping mapping) throws IOException {
    assertThat(mapping.description().widths()).isEqualTo(net.widths());
    for (Layer layer : net.layers()) {
      ConvolutionEntry entry = Objects.requireNonNull(mapping.convolutions().get(layer));
      assertThat(entry.kernelValues()).as(layer + " kernel").containsExactly(net.kernel(layer));
      assertThat(entry.biasValues()).as(layer + " bias").containsExactly(net.bias(layer));
    }
  }

  private static void assertPixels(NetMapping mapping, Preprocessing expected) {
    assertThat(mapping.preprocessing().matrix()).containsExactly(expected.matrix());
    assertThat(mapping.preprocessing().offset()).containsExactly(expected.offset());
  }

  @ParameterizedTest
  @CsvSource({
    "safetensors, OIHW, conv%d_%d.weight, conv%d_%d.bias, false",
    "safetensors, OIHW, model.conv%d%d.weight, model.conv%d%d.bias, false",
    "Caffe, OIHW, conv%d_%d/0, conv%d_%d/1, false",
    "npy, HWIO, conv%d_%d/0, conv%d_%d/1, false",
    "npz, HWIO, conv%d_%d_W, conv%d_%d_b, true",
    "ONNX, OIHW, conv%d_%d_w_0, conv%d_%d_b_0, false",
    "npz, HWIO, vgg_19/conv/conv%d_%d/weights, vgg_19/conv/conv%d_%d/biases, true",
    "MXNet, OIHW, arg:conv%d_%d_weight, arg:conv%d_%d_bias, true",
  })
  void theAuthorsLayerNamesAreKnown(
      String format, KernelOrder order, String kernel, String bias, boolean rgb)
      throws IOException {
    for (Layer layer : net.layers()) {
      net.put(
          layer,
          order,
          String.format(kernel, layer.block(), layer.index()),
          String.format(bias, layer.block(), layer.index()));
    }
    NetMapping mapping = map(format);
    assertIsTheNet(mapping);
    assertThat(mapping.family()).isEqualTo(WeightFamily.CAFFE);
    assertPixels(mapping, rgb ? Preprocessing.CAFFE_RGB : Preprocessing.CAFFE);
    assertThat(mapping.explanation()).anyMatch(sentence -> sentence.contains(order.axes()));
  }

  @ParameterizedTest
  @CsvSource({
    "model_weights/block%1$d_conv%2$d/block%1$d_conv%2$d/, kernel:0, bias:0",
    "block%d_conv%d/, block%1$d_conv%2$d_W_1:0, block%1$d_conv%2$d_b_1:0",
    "block%d_conv%d/, kernel, bias",
    "layers/block%d_conv%d/, vars/0, vars/1"
  })
  void layersOfKerasAreKnown(String prefix, String kernel, String bias) throws IOException {
    for (Layer layer : net.layers()) {
      net.put(
          layer,
          KernelOrder.HWIO,
          String.format(prefix + kernel, layer.block(), layer.index()),
          String.format(prefix + bias, layer.block(), layer.index()));
    }
    NetMapping mapping = map("HDF5");
    assertIsTheNet(mapping);
    assertPixels(mapping, Preprocessing.CAFFE);
  }

  @Test
  void kernelsThatKerasKeepsForTheanoAreTurnedBack() throws IOException {
    for (Layer layer : net.layers()) {
      String name = "block" + layer.block() + "_conv" + layer.index();
      net.put(layer, KernelOrder.OIHW, name + "/" + name + "_W_1:0", name + "/" + name + "_b_1:0");
    }
    NetMapping mapping = map("HDF5");
    Layer layer = Layer.conv(2, 1);
    float[] read = Objects.requireNonNull(mapping.convolutions().get(layer)).kernelValues();
    float[] stored = net.kernel(layer);
    for (int i = 0; i < stored.length; i++) {
      assertThat(read[i]).isEqualTo(stored[i / 9 * 9 + 8 - i % 9]);
    }
    assertThat(mapping.explanation()).anyMatch(sentence -> sentence.contains("turned back"));
  }

  @ParameterizedTest
  @CsvSource({"'', weights{1}, weights{2}", "net., filters, biases"})
  void structuresOfMatConvNetAreKnown(String prefix, String kernel, String bias)
      throws IOException {
    int number = 1;
    for (Layer layer : net.layers()) {
      String structure = prefix + "layers{" + number + "}";
      net.text(structure + ".name", layer.toString());
      net.put(layer, KernelOrder.HWIO, structure + "." + kernel, structure + "." + bias);
      number += 2;
    }
    net.tensor("meta.normalization.averageImage", new float[] {120, 110, 100}, 1, 1, 3);
    NetMapping mapping = map("MAT 5");
    assertIsTheNet(mapping);
    assertPixels(
        mapping, Preprocessing.scaled(255, new double[] {120, 110, 100}, new double[] {1, 1, 1}));
  }

  @ParameterizedTest
  @CsvSource({
    "OIHW, vgg0_conv%d_weight, vgg0_conv%d_bias, TORCHVISION",
    "HWIO, layers/conv2d_%d/vars/0, layers/conv2d_%d/vars/1, CAFFE"
  })
  void numberedLayersArePooledWhereTheirWidthsSay(
      KernelOrder order, String kernel, String bias, WeightFamily family) throws IOException {
    int number = 0;
    for (Layer layer : net.layers()) {
      String first = number == 0 && order == KernelOrder.HWIO ? "_%d" : "no such text";
      net.put(
          layer,
          order,
          String.format(kernel.replace(first, ""), number),
          String.format(bias.replace(first, ""), number));
      number++;
    }
    NetMapping mapping = map("numbered");
    assertIsTheNet(mapping);
    assertThat(mapping.family()).isEqualTo(family);
    assertThat(mapping.explanation()).contains(BlockLayout.REASON);
  }

  @Test
  void shapesAloneAreTheLastResort() throws IOException {
    int number = 0;
    for (Layer layer : net.layers()) {
      net.put(layer, KernelOrder.OIHW, "k" + number, "v" + number);
      number++;
    }
    NetMapping mapping = map("ONNX");
    assertIsTheNet(mapping);
    assertThat(mapping.explanation())
        .contains(BlockLayout.REASON)
        .anyMatch(s -> s.contains("order"));
  }

  @Test
  void theGraphsOrderComesBeforeTheFiles() throws IOException {
    List<Layer> layers = new ArrayList<>();
    net.layers().forEach(layers::add);
    for (Layer layer : layers.reversed()) {
      net.put(layer, KernelOrder.OIHW, "k" + layer, "v" + layer);
    }
    int node = 0;
    for (Layer layer : layers) {
      net.text("conv@" + node++, "k" + layer + "\nv" + layer);
    }
    assertIsTheNet(map("ONNX"));
  }

  @ParameterizedTest
  @CsvSource({"1 1 2 2 2", "2 2 2 2 2", "2 2 3 3 3", "2 2 4 4 4", "2 2 4 4 1"})
  void everyDepthOfVggIsTold(String lengths) throws IOException {
    int[] channels = {4, 6, 8, 10, 10};
    List<List<Integer>> widths = new ArrayList<>();
    String[] blocks = lengths.split(" ", -1);
    for (int block = 0; block < blocks.length; block++) {
      widths.add(Collections.nCopies(Integer.parseInt(blocks[block]), channels[block]));
    }
    SampleNet deep = new SampleNet(widths);
    int number = 0;
    for (Layer layer : deep.layers()) {
      deep.put(layer, KernelOrder.OIHW, "conv" + number + "_weight", "conv" + number + "_bias");
      number++;
    }
    try (TensorFile file = deep.file("MXNet")) {
      assertThat(NetMappings.of(SampleNet.PATH, file).description().widths()).isEqualTo(widths);
    }
  }

  @Test
  void aSequentialIsPooledWhereItsPositionsLeaveGaps() throws IOException {
    int position = 0;
    for (Layer layer : net.layers()) {
      position += layer.index() == 1 && layer.block() > 1 ? 1 : 0;
      net.put(
          layer,
          KernelOrder.OIHW,
          "features." + position + ".weight",
          "features." + position + ".bias");
      position += 2;
    }
    net.tensor("classifier.0.weight", new float[12 * 90], 12, 90)
        .tensor("classifier.0.bias", new float[12], 12)
        .tensor("classifier.3.weight", new float[144], 12, 12)
        .tensor("classifier.6.weight", new float[60], 5, 12);
    NetMapping mapping = map("PyTorch zip");
    assertIsTheNet(mapping);
    assertThat(mapping.family()).isEqualTo(WeightFamily.TORCHVISION);
    assertThat(mapping.padding()).isEqualTo(PaddingMode.ZERO);
    assertThat(mapping.fullyConnected()).containsOnlyKeys("fc6", "fc7", "fc8");
    assertThat(Objects.requireNonNull(mapping.fullyConnected().get("fc6")).shape())
        .isEqualTo(Shape.of(12, 10, 3, 3));
  }

  @Test
  void batchNormalisationIsFoldedIn() throws IOException {
    SampleNet normalized = new SampleNet(List.of(List.of(4, 4), List.of(6)));
    int position = 0;
    for (Layer layer : normalized.layers()) {
      position += layer.block() > 1 ? 1 : 0;
      normalized.put(
          layer,
          KernelOrder.OIHW,
          "features." + position + ".weight",
          "features." + position + ".bias");
      int width = normalized.bias(layer).length;
      String norm = "features." + (position + 1);
      normalized
          .tensor(norm + ".weight", new Philox(1, position).normal(width), width)
          .tensor(norm + ".bias", new Philox(2, position).normal(width), width)
          .tensor(norm + ".running_mean", new Philox(3, position).normal(width), width)
          .tensor(norm + ".running_var", new Philox(4, position).uniform(width), width);
      position += 3;
    }
    try (TensorFile file = normalized.file("PyTorch zip")) {
      NetMapping mapping = NetMappings.of(SampleNet.PATH, file);
      assertThat(mapping.description().widths()).isEqualTo(normalized.widths());
      ConvolutionEntry first = Objects.requireNonNull(mapping.convolutions().get(Layer.conv(1, 1)));
      float[] kernel = normalized.kernel(Layer.conv(1, 1));
      float[] bias = normalized.bias(Layer.conv(1, 1));
      for (int filter = 0; filter < 4; filter++) {
        double scale =
            file.entry("features.1.weight").toFloats()[filter]
                / Math.sqrt(file.entry("features.1.running_var").toFloats()[filter] + 1e-5);
        double mean = file.entry("features.1.running_mean").toFloats()[filter];
        double beta = file.entry("features.1.bias").toFloats()[filter];
        // One rounding of a sum of two terms each of a few units.
        assertThat((double) first.biasValues()[filter])
            .isCloseTo((bias[filter] - mean) * scale + beta, within(1e-4));
        assertThat(first.kernelValues()[filter * 27])
            .isEqualTo((float) (kernel[filter * 27] * scale));
      }
    }
  }

  @Test
  void fullyConnectedLayersOfKerasReadChannelsLast() throws IOException {
    for (Layer layer : net.layers()) {
      String name = "block" + layer.block() + "_conv" + layer.index();
      net.put(layer, KernelOrder.HWIO, name + "/kernel:0", name + "/bias:0");
    }
    float[] values = new float[40 * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    net.tensor("fc1/kernel:0", values, 40, 6);
    ConvolutionEntry first = Objects.requireNonNull(map("HDF5").fullyConnected().get("fc6"));
    assertThat(first.shape()).isEqualTo(Shape.of(6, 10, 2, 2));
    // Output 1, channel 2, row 1, column 0: input (1·2 + 0)·10 + 2.
    assertThat(first.kernelValues()[((10 + 2) * 2 + 1) * 2]).isEqualTo(22 * 6 + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "weights/vgg19-normalised/vgg_normalised_conv3_1.pth, 64 64 128 128 256, REFLECT",
    "weights/vgg19-16x/5SE.pth, 16 16 32 32 64 64 64 64 128 128 128 128 128, REFLECT"
  })
  void publishedNetsAreDescribedByTheirTensors(String name, String widths, PaddingMode padding)
      throws IOException {
    Path path = SharedData.require(name);
    try (TensorFile file = WeightFiles.open(path)) {
      NetMapping mapping = NetMappings.of(path, file);
      assertThat(
              mapping.convolutions().values().stream()
                  .map(ConvolutionEntry::outputChannels)
                  .map(Object::toString))
          .containsExactly(widths.split(" ", -1));
      assertThat(mapping.padding()).isEqualTo(padding);
      assertThat(mapping.family()).isEqualTo(WeightFamily.NORMALISED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "formats/mtcnn/torch/pnet.pt",
    "formats/mtcnn/caffe/det1.caffemodel",
    "formats/mtcnn/mxnet/det1-0001.params",
    "formats/onnx/super_resolution.onnx",
    "formats/torch-zip/burn_mnist.pt",
    "weights/vgg19-16x/3SD.pth"
  })
  void otherNetsAreRefused(String name) throws IOException {
    Path path = SharedData.require(name);
    try (TensorFile file = WeightFiles.open(path)) {
      assertThatThrownBy(() -> NetMappings.of(path, file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no VGG-shaped net");
    }
  }

  @Test
  void aNetWithAGapIsRefused() throws IOException {
    net.put(Layer.conv(1, 1), KernelOrder.OIHW, "conv1_1.weight", "conv1_1.bias");
    net.put(Layer.conv(3, 1), KernelOrder.OIHW, "conv3_1.weight", "conv3_1.bias");
    assertThatThrownBy(() -> map("safetensors")).hasMessageContaining("conv3_1 but not");
  }

  @Test
  void aBiasOfAnotherWidthIsRefused() {
    net.tensor("conv1_1.weight", new float[108], 4, 3, 3, 3)
        .tensor("conv1_1.bias", new float[5], 5);
    assertThatThrownBy(() -> map("safetensors"))
        .hasMessageContaining("'conv1_1.bias' has shape [5]");
  }

  @Test
  void metadataNamesOtherThanLayersAreIgnored() {
    net.text("layers{1}.name", "relu1_1").text("x", "y");
    assertThatThrownBy(() -> map("MAT 5")).hasMessageContaining("no VGG-shaped net in here");
  }
}
