package dev.tempera.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class EmbeddedWeightsTest {
  @Test
  void shipsLessThanFourHundredKilobytes() throws Exception {
    try (InputStream stream =
        EmbeddedWeights.class.getResourceAsStream("dead-leaves.safetensors")) {
      assertThat(stream).isNotNull();
      assertThat(stream.readAllBytes().length).isLessThan(400_000);
    }
  }

  @Test
  void holdsAllLevels() {
    FilterNet net = EmbeddedWeights.deadLeaves();
    assertThat(net.origin()).isEqualTo(FilterOrigin.DEAD_LEAVES);
    assertThat(net.levels())
        .extracting(FilterLevel::outputChannels)
        .containsExactly(16, 32, 64, 128);
    assertThat(net.summary())
        .isEqualTo("16 + 32 + 64 + 128 filters learned from generated dead-leaves pictures");
  }

  /** The filters were brought to a root mean square of 1 over 12 pictures of this kind. */
  @Test
  void respondsToGeneratedPicturesOnOneScale() {
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor first = Pictures.leaves(3, 128, 128);
      Tensor second = Pictures.leaves(20, 128, 128);
      FilterNet net = EmbeddedWeights.deadLeaves();
      for (int level = 0; level < 4; level++) {
        double[] values =
            Responses.rootMeanSquares(
                Responses.of(net, first).get(level), Responses.of(net, second).get(level));
        for (double value : values) {
          assertThat(value).isBetween(0.2, 3.0);
        }
      }
    }
  }
}
