package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.testkit.SharedData;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The two nets of MTCNN as several formats have them. The conversions from Caffe swapped height and
 * width of the kernels, and MXNet's also took blue for red.
 */
class OneNetTest {
  private static final Map<String, String> SUFFIXES = Map.of("0", "weight", "1", "bias");

  @Test
  void mxnetHasTheFirstNetOfCaffe() throws IOException {
    try (TensorFile caffe = open("caffe/det1.caffemodel");
        TensorFile mxnet = open("mxnet/det1-0001.params")) {
      assertThat(mxnet.entries()).hasSameSizeAs(caffe.entries());
      for (TensorEntry entry : caffe.entries().values()) {
        float[] expected = swapped(entry, entry.shape(), entry.name().equals("conv1/0"));
        assertThat(mxnet.entry("arg:" + converted(entry.name(), "gamma")).toFloats())
            .as(entry.name())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void mxnetHasTheSecondNetOfCaffe() throws IOException {
    try (TensorFile caffe = open("caffe/det2.caffemodel");
        TensorFile mxnet = open("mxnet/det2-0001.params")) {
      assertThat(mxnet.entries()).hasSize(16);
      for (TensorEntry entry : caffe.entries().values()) {
        if (entry.name().startsWith("conv5-3")) {
          continue; // Landmarks, which the conversions left out.
        }
        float[] expected = swapped(entry, kernels(entry), entry.name().equals("conv1/0"));
        assertThat(mxnet.entry("arg:" + converted(entry.name(), "gamma")).toFloats())
            .as(entry.name())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void pytorchHasTheFirstNetOfCaffe() throws IOException {
    try (TensorFile caffe = open("caffe/det1.caffemodel");
        TensorFile torch = open("torch/pnet.pt")) {
      assertThat(torch.entries()).hasSameSizeAs(caffe.entries());
      for (TensorEntry entry : caffe.entries().values()) {
        String name = converted(entry.name(), "weight").replaceFirst("_(?=[a-z]+$)", ".");
        assertThat(torch.entry(name).toFloats())
            .as(entry.name())
            .isEqualTo(swapped(entry, entry.shape(), false));
      }
    }
  }

  @Test
  void numpyHasTheFirstNetOfCaffe() throws IOException {
    try (TensorFile caffe = open("caffe/det1.caffemodel");
        TensorFile numpy = open("npy/det1.npy")) {
      assertThat(numpy.entries()).hasSameSizeAs(caffe.entries());
      for (TensorEntry entry : caffe.entries().values()) {
        String[] name = entry.name().split("/", 2);
        String kind = name[1].equals("1") ? "biases" : "weights";
        TensorEntry other =
            numpy.entry(name[0] + "/" + (name[0].startsWith("PReLU") ? "alpha" : kind));
        assertThat(withOutputsFirst(other).toFloats()).as(entry.name()).isEqualTo(entry.toFloats());
      }
    }
  }

  /** Weights (H, W, Cin, Cout) as a view (Cout, Cin, H, W); vectors as they are. */
  private static TensorEntry withOutputsFirst(TensorEntry entry) {
    Shape shape = entry.shape();
    long[] strides = entry.strides();
    if (shape.rank() != 4) {
      return entry;
    }
    return new TensorEntry(
        entry.name(),
        entry.dtype(),
        Shape.of(shape.dim(3), shape.dim(2), shape.dim(0), shape.dim(1)),
        new long[] {strides[3], strides[2], strides[0], strides[1]},
        entry.byteOffset(),
        entry::bytes);
  }

  private static TensorFile open(String path) throws IOException {
    return WeightFiles.open(SharedData.require("formats/mtcnn/" + path));
  }

  /** The name {@code conv4-1/0} as the conversions have it: {@code conv4_1_weight}. */
  private static String converted(String name, String slopes) {
    String[] parts = name.toLowerCase(Locale.ROOT).replace('-', '_').split("/", 2);
    String suffix = parts[0].startsWith("prelu") ? slopes : SUFFIXES.get(parts[1]);
    return parts[0] + "_" + suffix;
  }

  /**
   * The shape of weights as kernels; those of the first fully connected layer are 64 maps of 3×3.
   */
  private static Shape kernels(TensorEntry entry) {
    return entry.name().equals("conv4/0") ? Shape.of(128, 64, 3, 3) : entry.shape();
  }

  /** Weights (Cout, Cin, H, W) with H and W swapped, and, if asked for, Cin reversed. */
  private static float[] swapped(TensorEntry entry, Shape shape, boolean reverseChannels)
      throws IOException {
    float[] values = entry.toFloats();
    if (shape.rank() != 4) {
      return values;
    }
    float[] result = new float[values.length];
    int next = 0;
    int channels = shape.dim(1);
    for (int out = 0; out < shape.dim(0); out++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = reverseChannels ? channels - 1 - channel : channel;
        for (int x = 0; x < shape.dim(3); x++) {
          for (int y = 0; y < shape.dim(2); y++) {
            int kernel = (out * channels + from) * shape.dim(2);
            result[next++] = values[(kernel + y) * shape.dim(3) + x];
          }
        }
      }
    }
    return result;
  }
}
