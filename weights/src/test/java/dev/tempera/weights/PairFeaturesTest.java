package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Backends;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.Philox;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Concat;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairFeaturesTest {
  private final TensorScope scope = TensorScope.open("test");

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void bringsEveryChannelOfRealPicturesToTheSameScale() throws Exception {
    Tensor content = Pictures.shared("content/tubingen.jpg", 128);
    Tensor style = Pictures.shared("style/starry_night.jpg", 128);
    FilterNet net = PairFeatures.learn(content, style);
    assertThat(net.origin()).isEqualTo(FilterOrigin.PAIR);
    assertSameScale(net, content, style);
  }

  @Test
  void bringsEveryChannelOfGeneratedPicturesToTheSameScale() {
    Tensor content = Pictures.leaves(0, 70, 91);
    Tensor style = Pictures.leaves(1, 83, 64);
    FilterNet net = PairFeatures.learn(content, style);
    assertThat(net.origin()).isEqualTo(FilterOrigin.PAIR);
    assertSameScale(net, content, style);
  }

  /** A channel of root mean square r is scaled by 1/(r + 0.001), and r is about √½. */
  private static void assertSameScale(FilterNet net, Tensor content, Tensor style) {
    List<Tensor> ofContent = Responses.of(net, content);
    List<Tensor> ofStyle = Responses.of(net, style);
    for (int i = 0; i < ofContent.size(); i++) {
      for (double value : Responses.rootMeanSquares(ofContent.get(i), ofStyle.get(i))) {
        assertThat(value).isCloseTo(1, within(0.01));
      }
    }
  }

  @Test
  void pairsEveryFilterWithItsNegative() {
    FilterNet net = PairFeatures.learn(Pictures.leaves(2, 64, 66), Pictures.leaves(3, 66, 64));
    for (FilterLevel level : net.levels()) {
      float[] kernel = level.kernel();
      float[] bias = level.bias();
      int half = bias.length / 2;
      int length = kernel.length / bias.length;
      for (int i = 0; i < half; i++) {
        int largest = i * length;
        for (int j = i * length; j < (i + 1) * length; j++) {
          largest = Math.abs(kernel[j]) > Math.abs(kernel[largest]) ? j : largest;
        }
        assertThat(kernel[largest]).isPositive();
        float ratio = kernel[half * length + largest] / kernel[largest];
        assertThat(ratio).isNegative();
        for (int j = i * length; j < (i + 1) * length; j++) {
          float expected = kernel[j] * ratio;
          assertThat(kernel[half * length + j])
              .isCloseTo(expected, within(4e-7f * -ratio * kernel[largest]));
        }
        assertThat(bias[half + i])
            .isCloseTo(bias[i] * ratio, within(4e-7f * Math.abs(bias[i] * ratio)));
      }
    }
  }

  @Test
  void hasTheLevelsOfTheNet() {
    FilterNet net = PairFeatures.learn(Pictures.leaves(2, 64, 66), Pictures.leaves(3, 66, 64));
    assertThat(net.levels())
        .extracting(FilterLevel::name)
        .containsExactly("1_1", "2_1", "3_1", "4_1");
    assertThat(net.levels())
        .extracting(FilterLevel::outputChannels)
        .containsExactly(16, 32, 64, 128);
    assertThat(net.summary())
        .isEqualTo("16 + 32 + 64 + 128 filters learned from the content and style pictures");
  }

  @Test
  void givesTheSameBitsOnAnyNumberOfThreads() {
    FilterNet one = learnOn(1);
    for (int threads : new int[] {2, 4}) {
      assertSameBits(one, learnOn(threads));
    }
  }

  private static FilterNet learnOn(int threads) {
    try (CpuBackend backend = new CpuBackend(new CpuOptions(threads));
        Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("threads")) {
      return PairFeatures.learn(Pictures.leaves(4, 64, 81), Pictures.leaves(5, 67, 71));
    }
  }

  private static void assertSameBits(FilterNet expected, FilterNet actual) {
    assertThat(actual.origin()).isEqualTo(expected.origin());
    for (int i = 0; i < expected.levels().size(); i++) {
      assertThat(actual.levels().get(i).kernel()).isEqualTo(expected.levels().get(i).kernel());
      assertThat(actual.levels().get(i).bias()).isEqualTo(expected.levels().get(i).bias());
    }
  }

  /** Grey patches have 9 dimensions and the first level 8 pairs, so there is enough to learn. */
  @Test
  void learnsFromGreyPictures() {
    Tensor content = Pictures.greyLeaves(6, 72, 80);
    Tensor style = Pictures.greyLeaves(7, 80, 80);
    FilterNet net = PairFeatures.learn(content, style);
    assertThat(net.origin()).isEqualTo(FilterOrigin.PAIR);
    assertSameScale(net, content, style);
  }

  @Test
  void learnsWhenOnlyOnePictureIsFlat() {
    Tensor content = Pictures.leaves(8, 88, 96);
    Tensor style = Pictures.flat(0.8f, 0.2f, 0.1f, 40, 64);
    FilterNet net = PairFeatures.learn(content, style);
    assertThat(net.origin()).isEqualTo(FilterOrigin.PAIR);
    assertSameScale(net, content, style);
  }

  @Test
  void takesTheShippedFiltersForFlatPictures() {
    assertShipped(Pictures.flat(0.5f, 0.5f, 0.5f, 64, 64), Pictures.flat(1, 0, 0, 64, 64));
  }

  @Test
  void takesTheShippedFiltersForTwoPlainAreas() {
    Tensor black = Pictures.flat(0, 0, 0, 80, 40);
    Tensor white = Pictures.flat(1, 1, 1, 80, 40);
    Tensor halves = Concat.apply(List.of(black, white), 3);
    assertShipped(halves, halves);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "8, 8", "2, 100", "16, 16"})
  void takesTheShippedFiltersForTinyPictures(int height, int width) {
    assertShipped(tiny(height, width), tiny(width, height));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "8, 8", "2, 100", "16, 16"})
  void learnsFromATinyPictureAndALargeOne(int height, int width) {
    Tensor content = tiny(height, width);
    FilterNet net = PairFeatures.learn(content, Pictures.leaves(9, 64, 128));
    assertThat(net.origin()).isEqualTo(FilterOrigin.PAIR);
    for (FilterLevel level : net.levels()) {
      for (float weight : level.kernel()) {
        assertThat(weight).isFinite();
      }
    }
  }

  private static Tensor tiny(int height, int width) {
    float[] pixels = new Philox(1, height).uniform(3 * height * width);
    return Tensor.of(pixels, 1, 3, height, width);
  }

  private static void assertShipped(Tensor content, Tensor style) {
    FilterNet net = PairFeatures.learn(content, style);
    assertThat(net.origin()).isEqualTo(FilterOrigin.DEAD_LEAVES_FOR_PLAIN_PAIR);
    assertThat(net.summary()).contains("too plain or too small");
    FilterNet shipped = EmbeddedWeights.deadLeaves();
    assertThat(net.levels().get(3).kernel()).isEqualTo(shipped.levels().get(3).kernel());
  }

  @Test
  void leavesNoTensorsBehind() {
    Tensor content = Pictures.leaves(0, 64, 64);
    long before = content.backend().memory().live();
    PairFeatures.learn(content, content);
    assertThat(content.backend().memory().live()).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNoPicture() {
    Tensor picture = Pictures.leaves(0, 32, 32);
    Tensor grey = picture.slice(1, 0, 1);
    assertThatThrownBy(() -> PairFeatures.learn(picture, grey))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            """
            filters of the pair: the style is not one RGB picture
              style [1, 1, 32, 32]
              rule    (1, 3, H, W) with H and W at least 1""");
    Tensor empty = Tensor.zeros(1, 3, 0, 4);
    assertThatThrownBy(() -> PairFeatures.learn(empty, picture))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the content is not one RGB picture");
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    float[] pixels = new float[3 * 32 * 32];
    pixels[5] = Float.POSITIVE_INFINITY;
    Tensor broken = Tensor.of(pixels, 1, 3, 32, 32);
    assertThatThrownBy(() -> PairFeatures.learn(Pictures.leaves(0, 32, 32), broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the style holds numbers that are not finite");
  }
}
