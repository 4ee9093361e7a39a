package dev.tempera.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.vgg.Layer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is timed: the shapes of VGG19, names, and lines for other processes. */
class WorkloadsTest {
  @Test
  void thirteenLayersOfVgg19HaveNineShapes() {
    assertThat(VggConvolution.all()).hasSize(9);
    assertThat(VggConvolution.all().stream().mapToInt(shape -> shape.layers().size()).sum())
        .isEqualTo(13);
    VggConvolution third = VggConvolution.of(Layer.conv(3, 3));
    assertThat(third.name()).isEqualTo("conv3_2..3_4");
    assertThat(third.at(512, Convolution.Direction.FORWARD).shape()).isEqualTo("256-256@128");
    assertThatThrownBy(() -> VggConvolution.of(Layer.conv(5, 2))).hasMessageContaining("conv5_2");
  }

  @Test
  void aStepAt512PixelsTakes379GigaflopsOfConvolution() {
    assertThat(new StyleStep(512).operations() / 1e9).isCloseTo(379, within(0.5));
  }

  @Test
  void theStyleLayersOfVgg19HaveTheseGramMatrices() {
    assertThat(CaseGroup.GRAM.workloads(512))
        .extracting(Workload::label)
        .startsWith("64x262144", "128x65536", "256x16384", "512x4096", "512x1024");
  }

  @Test
  void everyComputationSurvivesItsLine() {
    everything()
        .map(Workload::computation)
        .forEach(
            computation ->
                assertThat(ComputationText.parse(ComputationText.format(computation)))
                    .isEqualTo(computation));
  }

  @Test
  void namesDiffer() {
    assertThat(everything().map(Workload::name)).doesNotHaveDuplicates();
  }

  @Test
  void partsOfAnOperandAreItsNumbers() {
    Operand operand = Operand.image("image", 1, 5, 128);
    float[] values = operand.values();
    assertThat(operand.part(1))
        .containsExactly(Arrays.copyOfRange(values, Operand.PART, values.length));
    assertThat(values).hasSize(5 * 128 * 128);
  }

  private static Stream<Workload> everything() {
    return Arrays.stream(CaseGroup.values()).flatMap(group -> group.workloads(64).stream());
  }
}
