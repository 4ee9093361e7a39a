package dev.tempera.vgg.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.PaddingMode;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.Preprocessing;
import dev.tempera.vgg.WeightMetadata;
import dev.tempera.vgg.format.WeightFiles;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The genuine VGG19, read rightly and wrongly, and other nets. */
class WeightVerificationTest {
  private static final String GENUINE = "weights/vgg19-normalised/vgg_normalised_conv3_1.pth";

  @TempDir private Path folder;

  @Test
  void theGenuineNetIsSound() throws IOException {
    WeightVerification verification = WeightVerification.of(SharedData.require(GENUINE));
    assertThat(verification.findings())
        .containsExactly(
            "The first filters are those of the authors' VGG19.",
            "The test pattern is answered as the authors' VGG19 answers it.");
    assertThat(verification.sound()).isTrue();
  }

  /** Writes the genuine net with other preprocessing in the header, and verifies that. */
  private WeightVerification withPreprocessing(Preprocessing preprocessing) throws IOException {
    Path out = folder.resolve("changed.safetensors");
    Path genuine = SharedData.require(GENUINE);
    try (TensorFile file = WeightFiles.open(genuine)) {
      NetMapping mapping = NetMappings.of(genuine, file);
      WeightMetadata metadata =
          new WeightMetadata(
              "",
              mapping.family(),
              preprocessing,
              PaddingMode.REFLECT,
              true,
              "a test",
              "unknown",
              "0".repeat(64));
      WeightConversion.write(out, mapping, Layer.relu(3, 1), DType.BFLOAT16, metadata);
    }
    return WeightVerification.of(out);
  }

  @Test
  void roundedWeightsAreSoundToo() throws IOException {
    WeightVerification verification = withPreprocessing(Preprocessing.CAFFE);
    assertThat(verification.findings()).hasSize(2);
    assertThat(verification.sound()).isTrue();
  }

  @Test
  void exchangedChannelsAreFound() throws IOException {
    WeightVerification verification = withPreprocessing(Preprocessing.CAFFE_RGB);
    assertThat(verification.sound()).isFalse();
    assertThat(verification.findings()).anyMatch(s -> s.startsWith("Red and blue are exchanged"));
  }

  @Test
  void aMissingScaleIsFoundByTheAnswers() throws IOException {
    WeightVerification verification = withPreprocessing(Preprocessing.NONE);
    assertThat(verification.sound()).isFalse();
    assertThat(verification.findings()).anyMatch(s -> s.contains("of the units are active"));
  }

  @Test
  void ofOtherNetsOnlyTheirSoundnessIsTold() throws IOException {
    WeightVerification verification =
        WeightVerification.of(SharedData.require("weights/vgg19-16x/5SE.pth"));
    assertThat(verification.sound()).isTrue();
    assertThat(verification.activity()).hasSize(13);
    assertThat(verification.findings())
        .singleElement()
        .asString()
        .startsWith("The first filters are not those of the authors' VGG19");
  }

  @Test
  void statisticsAreThoseOfTheNumbers() throws IOException {
    TensorEntry entry =
        TensorEntry.dense(
            "t", DType.INT8, Shape.of(4), MemorySegment.ofArray(new byte[] {1, 3, 5, 7}));
    TensorStatistics statistics = TensorStatistics.of(entry);
    assertThat(List.of(statistics.minimum(), statistics.mean(), statistics.maximum()))
        .containsExactly(1.0, 4.0, 7.0);
    assertThat(statistics.deviation()).isEqualTo(Math.sqrt(5));
  }
}
