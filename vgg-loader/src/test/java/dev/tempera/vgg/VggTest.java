package dev.tempera.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.PaddingMode;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VggTest {
  private static final Vgg NARROW =
      new Vgg(
          List.of(List.of(4, 6), List.of(8), List.of(10)),
          PaddingMode.REFLECT,
          false,
          Preprocessing.NONE,
          false);

  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = TensorScope.open("test");
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void vgg19HasTheUsualLayers() {
    assertThat(Vgg.VGG19.convolutions()).hasSize(16);
    assertThat(Vgg.VGG19.deepest()).hasToString("pool5");
    assertThat(Vgg.VGG19.channels(Layer.parse("conv4_2"))).isEqualTo(512);
    assertThat(Vgg.VGG19.inputChannels(Layer.parse("conv4_1"))).isEqualTo(256);
    assertThat(Vgg.VGG19.inputChannels(Layer.parse("conv1_1"))).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"relu5_1, 13", "conv5_1, 13", "relu4_2, 10", "pool2, 4", "relu1_1, 1"})
  void aNetIsCutAtTheDeepestLayerNeeded(String deepest, int convolutions) {
    assertThat(Vgg.VGG19.until(Layer.parse(deepest)).convolutions()).hasSize(convolutions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool1", "pool5", "relu3_1", "conv2_2"})
  void aCutNetEndsWithTheLayerAskedFor(String name) {
    Layer layer = Layer.parse(name);
    Vgg cut = Vgg.VGG19.until(layer);
    assertThat(cut.has(layer)).isTrue();
    assertThat(cut.layers()).noneMatch(other -> other.block() > layer.block());
  }

  @Test
  void layersAreOrderedAsDataFlows() {
    assertThat(NARROW.layers())
        .isSorted()
        .map(Layer::toString)
        .containsExactly(
            "conv1_1", "relu1_1", "conv1_2", "relu1_2", "pool1", "conv2_1", "relu2_1", "pool2",
            "conv3_1", "relu3_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relu", "relu1", "relu1_0", "pool1_1", "fc6", "conv0_1"})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> Layer.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no layer named '" + name + "'")
        .hasMessageContaining("relu4_2");
  }

  @Test
  void featuresHaveTheLayersShapesAndRectification() {
    try (VggNet net = VggNet.random(NARROW, 1)) {
      Tensor image = Tensor.randomUniform(2, 1, 3, 13, 18);
      List<Layer> layers = List.of(Layer.conv(1, 2), Layer.relu(1, 2), Layer.relu(3, 1));
      Features features = net.features(image, layers);
      Tensor sums = features.of(layers.get(0));
      Tensor rectified = features.of(layers.get(1));
      assertThat(sums.shape().toArray()).containsExactly(1, 6, 13, 18);
      assertThat(features.of(layers.get(2)).shape().toArray()).containsExactly(1, 10, 3, 4);
      assertThat(sums.min().item()).isNegative();
      assertThat(rectified.subtract(sums.relu()).abs().max().item()).isZero();
    }
  }

  @Test
  void askingForMoreLayersDoesNotChangeTheOthers() {
    try (VggNet net = VggNet.random(NARROW, 1)) {
      Tensor image = Tensor.randomUniform(2, 1, 3, 12, 12);
      float[] alone =
          net.features(image, List.of(Layer.relu(3, 1))).of(Layer.relu(3, 1)).toFloats();
      Features all = net.features(image, NARROW.layers());
      float[] together = all.of(Layer.relu(3, 1)).toFloats();
      // The sums are rectified apart when they are asked for themselves: the same arithmetic.
      assertThat(together).containsExactly(alone);
    }
  }

  @Test
  void poolingIsAChoice() {
    Vgg onePool =
        new Vgg(
            List.of(List.of(4), List.of(4)), PaddingMode.ZERO, false, Preprocessing.NONE, false);
    try (VggNet net = VggNet.random(onePool, 1)) {
      Tensor image = Tensor.randomUniform(2, 1, 3, 8, 8);
      List<Layer> layers = List.of(Layer.relu(1, 1), Layer.pool(1));
      Features maximum = net.features(image, layers);
      Features average = net.withPooling(Pooling.AVERAGE).features(image, layers);
      float[] in = maximum.of(layers.get(0)).toFloats();
      float[] largest = maximum.of(layers.get(1)).toFloats();
      float[] mean = average.of(layers.get(1)).toFloats();
      assertThat(largest[0]).isEqualTo(Math.max(Math.max(in[0], in[1]), Math.max(in[8], in[9])));
      assertThat(mean[0]).isEqualTo((in[0] + in[1] + in[8] + in[9]) / 4);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "2, 2", "3, 5"})
  void tinyImagesHaveFeatures(int height, int width) {
    try (VggNet net = VggNet.random(NARROW, 1)) {
      Tensor image = Tensor.randomUniform(2, 1, 3, height, width);
      Tensor deepest = net.features(image, List.of(Layer.relu(3, 1))).of(Layer.relu(3, 1));
      assertThat(deepest.shape().size()).isPositive();
    }
  }

  @Test
  void preprocessingIsAnAffineMapOfPixels() {
    assertThat(Preprocessing.CAFFE.matrix()).startsWith(0, 0, 255);
    float[] matrix = Preprocessing.TORCHVISION.matrix();
    float[] offset = Preprocessing.TORCHVISION.offset();
    // The mean colour maps to 0.
    assertThat(matrix[0] * 0.485f + offset[0]).isCloseTo(0, within(1e-6f));
    assertThat(matrix[8] * 0.406f + offset[2]).isCloseTo(0, within(1e-6f));
  }
}
