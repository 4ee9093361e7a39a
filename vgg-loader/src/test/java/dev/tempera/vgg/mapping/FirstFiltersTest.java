package dev.tempera.vgg.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.Philox;
import dev.tempera.io.TensorFile;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.mapping.FirstFilters.Agreement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The genuine filters of VGG19, read rightly and in the usual wrong ways. */
class FirstFiltersTest {
  private static float[] genuine() throws IOException {
    Path path = SharedData.require("weights/vgg19-normalised/vgg_normalised_conv1_1.pth");
    try (TensorFile file = WeightFiles.open(path)) {
      return file.entry("2.weight").toFloats();
    }
  }

  /** The filters with the 27 places of each in another order. */
  private static FirstFilters read(IntUnaryOperator place) throws IOException {
    float[] kernel = genuine();
    float[] changed = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      changed[i] = kernel[i / 27 * 27 + place.applyAsInt(i % 27)];
    }
    return FirstFilters.of(changed, Preprocessing.CAFFE);
  }

  @Test
  void theAuthorsFiltersAreKnown() throws IOException {
    FirstFilters filters = read(i -> i);
    assertThat(filters.areVgg19()).isTrue();
    assertThat(filters.channels()).isEqualTo(Agreement.SAME);
    assertThat(filters.orientation()).isEqualTo(Agreement.SAME);
    assertThat(filters.channelCorrelation()).isGreaterThan(0.999);
  }

  /**
   * The first numbers of {@code conv1_1_w_0} of the ONNX zoo's conversion of the authors' weights,
   * as Julia shows those that Metalhead.jl made of it: at (x, y) of the first channel 0.341195
   * 0.232159 -0.0726092 for (0, 0) (0, 1) (0, 2) and 0.339992 0.0897821 for (1, 0) (1, 1). The
   * normalised form of the weights has each filter scaled, and numbers are shown with six digits.
   */
  @Test
  void theConversionInTheOnnxZooReadsBlueFirst() throws IOException {
    float[] first = Arrays.copyOf(genuine(), 9);
    float scale = 0.341195f / first[0];
    for (int i = 0; i < first.length; i++) {
      first[i] *= scale;
    }
    Offset<Float> digits = Offset.offset(2e-6f);
    assertThat(first[3]).isCloseTo(0.232159f, digits);
    assertThat(first[6]).isCloseTo(-0.0726092f, digits);
    assertThat(first[1]).isCloseTo(0.339992f, digits);
    assertThat(first[4]).isCloseTo(0.0897821f, digits);
  }

  @Test
  void channelsInTheWrongOrderAreSeen() throws IOException {
    assertThat(read(i -> 18 - i / 9 * 9 + i % 9).channels()).isEqualTo(Agreement.REVERSED);
    FirstFilters asRgb = FirstFilters.of(genuine(), Preprocessing.CAFFE_RGB);
    assertThat(asRgb.channels()).isEqualTo(Agreement.REVERSED);
    assertThat(asRgb.orientation()).isEqualTo(Agreement.SAME);
  }

  @Test
  void flippedKernelsAreSeen() throws IOException {
    assertThat(read(i -> i / 9 * 9 + 8 - i % 9).orientation()).isEqualTo(Agreement.REVERSED);
  }

  @Test
  void exchangedAxesAreSeen() throws IOException {
    FirstFilters exchanged = read(i -> i / 9 * 9 + i % 3 * 3 + i % 9 / 3);
    assertThat(exchanged.orientation()).isEqualTo(Agreement.EXCHANGED);
    assertThat(exchanged.areVgg19()).isTrue();
  }

  @Test
  void otherFiltersAreNotTakenForThem() {
    FirstFilters random = FirstFilters.of(new Philox(3, 1).normal(64 * 27), Preprocessing.CAFFE);
    assertThat(random.areVgg19()).isFalse();
    FirstFilters narrow = FirstFilters.of(new Philox(3, 1).normal(16 * 27), Preprocessing.CAFFE);
    assertThat(narrow.channels()).isEqualTo(Agreement.NONE);
  }
}
