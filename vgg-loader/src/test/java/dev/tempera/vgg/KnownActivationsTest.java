package dev.tempera.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.DType;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.op.Conv2d;
import dev.tempera.op.Interpolation;
import dev.tempera.op.Resize2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.VggLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real nets on a real photograph, against numbers published with the weights. */
class KnownActivationsTest {
  private static final String PHOTOGRAPH = "images/content/kodim23_parrots.png";

  @Test
  void theNormalisedNetActivatesAsKnown() throws IOException {
    Map<String, double[]> meanAndMax =
        Map.of(
            "relu1_1", new double[] {0.8557, 34.638},
            "relu1_2", new double[] {0.7420, 46.814},
            "relu2_1", new double[] {0.6714, 46.671},
            "relu2_2", new double[] {0.5653, 79.794},
            "relu3_1", new double[] {0.6160, 54.513});
    Path file = SharedData.require("weights/vgg19-normalised/vgg_normalised_conv3_1.pth");
    try (TensorScope _ = TensorScope.open("test");
        VggNet net = VggLoader.load(file, null)) {
      assertThat(net.family()).isEqualTo(WeightFamily.NORMALISED);
      assertThat(net.description().deepest()).hasToString("relu3_1");
      List<Layer> layers = meanAndMax.keySet().stream().map(Layer::parse).toList();
      Features features = net.features(photograph(), layers);
      meanAndMax.forEach(
          (name, expected) -> {
            Tensor activation = features.of(Layer.parse(name));
            double mean = activation.mean().item();
            double max = activation.max().item();
            assertThat(mean).as(name + " mean").isCloseTo(expected[0], within(expected[0] * 1e-3));
            assertThat(max).as(name + " max").isCloseTo(expected[1], within(expected[1] * 1e-3));
          });
    }
  }

  @Test
  void theNormalisedDecoderReconstructsThePicture() throws IOException {
    Path folder = SharedData.require("weights/vgg19-normalised");
    try (TensorScope _ = TensorScope.open("test");
        VggNet net = VggLoader.load(folder.resolve("vgg_normalised_conv3_1.pth"), null);
        TensorFile decoder = WeightFiles.open(folder.resolve("feature_invertor_conv3_1.pth"))) {
      Tensor picture = photograph();
      Tensor x = features(net, picture, "relu3_1");
      for (String key : List.of("1", "5", "8", "12", "15")) {
        x = convolve(decoder, key, x);
        x = key.equals("15") ? x : x.relu();
        x = key.equals("1") || key.equals("8") ? doubled(x) : x;
      }
      assertThat(peakSignalToNoise(picture, x)).isCloseTo(29.54, within(0.05));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 45.06", "2, 33.39", "3, 28.49", "4, 25.76", "5, 22.47"})
  void theDistilledDecodersReconstructThePicture(int depth, double decibels) throws IOException {
    Path folder = SharedData.require("weights/vgg19-16x");
    try (TensorScope _ = TensorScope.open("test");
        VggNet net = VggLoader.load(folder.resolve(depth + "SE.pth"), null);
        TensorFile decoder = WeightFiles.open(folder.resolve(depth + "SD.pth"))) {
      Tensor picture = photograph();
      Tensor x = features(net, picture, "relu" + depth + "_1");
      for (Layer layer : net.description().convolutions().reversed()) {
        String key = "model.conv" + layer.block() + layer.index();
        x = convolve(decoder, key, x);
        boolean last = layer.block() == 1 && layer.index() == 1;
        x = last ? x : x.relu();
        x = !last && layer.index() == 1 ? doubled(x) : x;
      }
      assertThat(peakSignalToNoise(picture, x)).isCloseTo(decibels, within(0.05));
    }
  }

  private static Tensor features(VggNet net, Tensor picture, String layer) {
    Layer wanted = Layer.parse(layer);
    return net.features(picture, List.of(wanted)).of(wanted);
  }

  private static Tensor convolve(TensorFile file, String key, Tensor x) throws IOException {
    return Conv2d.apply(
        x,
        tensor(file.entry(key + ".weight")),
        tensor(file.entry(key + ".bias")),
        Conv2dParams.DEFAULT.withPadding(Padding.of(1, PaddingMode.REFLECT)));
  }

  private static Tensor tensor(TensorEntry entry) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return Tensor.upload(entry.toFloat32(arena), DType.FLOAT32, entry.shape());
    }
  }

  private static Tensor doubled(Tensor x) {
    return Resize2d.apply(
        x, 2 * x.shape().dim(2), 2 * x.shape().dim(3), Interpolation.NEAREST, false);
  }

  private static double peakSignalToNoise(Tensor expected, Tensor actual) {
    double error = expected.subtract(actual.clamp(0, 1)).square().mean().item();
    return -10 * Math.log10(error);
  }

  private static Tensor photograph() throws IOException {
    BufferedImage image = ImageIO.read(SharedData.require(PHOTOGRAPH).toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    float[] values = new float[3 * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        for (int channel = 0; channel < 3; channel++) {
          values[(channel * height + y) * width + x] = ((rgb >> (16 - 8 * channel)) & 255) / 255f;
        }
      }
    }
    return Tensor.of(values, 1, 3, height, width);
  }
}
