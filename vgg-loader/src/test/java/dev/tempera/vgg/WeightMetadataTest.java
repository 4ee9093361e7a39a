package dev.tempera.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tempera.backend.PaddingMode;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightMetadataTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final Path FILE = Path.of("w.safetensors");

  @TempDir Path folder;

  private static WeightMetadata metadata(Preprocessing preprocessing) {
    return new WeightMetadata(
        "vgg19",
        WeightFamily.CAFFE,
        preprocessing,
        PaddingMode.REFLECT,
        true,
        "https://example.org/vgg19 \"19\"",
        "CC BY 4.0",
        SHA256);
  }

  private static void assertSame(WeightMetadata actual, WeightMetadata expected) {
    assertThat(actual.toHeader()).isEqualTo(expected.toHeader());
    assertThat(actual.preprocessing().matrix()).isEqualTo(expected.preprocessing().matrix());
    assertThat(actual.preprocessing().offset()).isEqualTo(expected.preprocessing().offset());
  }

  @Test
  void comesBackFromAFileToTheBit() throws IOException {
    WeightMetadata written = metadata(Preprocessing.TORCHVISION);
    Path path = folder.resolve("w.safetensors");
    TensorEntry bias =
        TensorEntry.dense("b", DType.INT8, Shape.of(1), MemorySegment.ofArray(new byte[1]));
    SafetensorsWriter.write(path, List.of(bias), written.toHeader());
    try (TensorFile file = Safetensors.open(path)) {
      WeightMetadata read = WeightMetadata.of(path, file.metadata()).orElseThrow();
      assertSame(read, written);
      assertThat(read.padding()).isEqualTo(PaddingMode.REFLECT);
      assertThat(read.ceilPooling()).isTrue();
    }
  }

  @Test
  void tellsTheOrderOfChannels() {
    assertThat(metadata(Preprocessing.CAFFE).channelOrder()).isEqualTo("BGR");
    assertThat(metadata(Preprocessing.TORCHVISION).channelOrder()).isEqualTo("RGB");
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    Preprocessing grey = new Preprocessing(ones, new float[3]);
    assertThat(metadata(grey).channelOrder()).isEqualTo("mixed");
  }

  @Test
  void knowsWhatIsNotOurs() throws IOException {
    assertThat(WeightMetadata.of(FILE, Map.of("format", "pt"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version | 2 | metadata 'tempera.version' is '2', expected 1",
        "family | oxford | metadata 'tempera.family' is 'oxford', expected the lower-case name of a WeightFamily",
        "padding | ZERO | metadata 'tempera.padding' is 'ZERO', expected the lower-case name of a PaddingMode",
        "pooling_rounds | | the metadata lacks 'tempera.pooling_rounds'",
        "preprocessing | 1 2 3 | metadata 'tempera.preprocessing' is '1 2 3', expected 12 finite numbers",
        "preprocessing | 1 2 3 4 5 6 7 8 9 0 0 NaN | expected 12 finite numbers",
        "preprocessing | 1 2 3 4 5 6 7 8 9 0 0 0 0 | expected 12 finite numbers",
        "sha256 | 12 | metadata 'tempera.sha256' is '12', expected 64 lower-case hexadecimal digits",
      })
  void refusesWhatIsBroken(String key, String value, String problem) {
    Map<String, String> header = new HashMap<>(metadata(Preprocessing.CAFFE).toHeader());
    if (value == null) {
      header.remove("tempera." + key);
    } else {
      header.put("tempera." + key, value);
    }
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> WeightMetadata.of(FILE, header))
        .withMessageStartingWith("w.safetensors: safetensors, byte 8: ")
        .withMessageContaining(problem);
  }

  @Test
  void refusesAHashThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new WeightMetadata(
                    "vgg19",
                    WeightFamily.CAFFE,
                    Preprocessing.CAFFE,
                    PaddingMode.ZERO,
                    false,
                    "",
                    "",
                    "?"))
        .withMessageContaining("64 lower-case hexadecimal digits, here '?'");
  }
}
