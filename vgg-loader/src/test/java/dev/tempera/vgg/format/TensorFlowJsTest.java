package dev.tempera.vgg.format;

import static dev.tempera.vgg.format.NumpyFixture.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.DType;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.tfjs.TensorFlowJs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TensorFlow.js models: a {@code model.json}, and shards that one tensor goes over the end of. */
@Timeout(120)
class TensorFlowJsTest {
  static final String MODEL =
      """
      {"format": "layers-model", "generatedBy": "keras v2.4.0", "convertedBy": null,
       "modelTopology": {"layers": [{"name": "conv", "trainable": true, "rate": -1.5e-3}]},
       "weightsManifest": [
         {"paths": ["group1-shard1of2.bin", "group1-shard2of2.bin"],
          "weights": [
            {"name": "conv/kernel", "shape": [1, 1, 2, 2], "dtype": "float32"},
            {"name": "conv/bias", "shape": [2], "dtype": "float32",
             "quantization": {"dtype": "uint8", "min": -1, "scale": 0.5, "original_dtype": "float32"}},
            {"name": "steps", "shape": [], "dtype": "int32",
             "quantization": {"dtype": "uint16", "min": 10, "scale": 2}},
            {"name": "half", "shape": [1], "dtype": "float32",
             "quantization": {"dtype": "float16"}},
            {"name": "used", "shape": [1], "dtype": "bool"}]}]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeShards() throws IOException {
    writeShards(folder);
  }

  /**
   * 16 bytes of float32, 2 of uint8, 2 of uint16, 2 of float16, 1 of bool; cut within the first.
   */
  static void writeShards(Path folder) throws IOException {
    byte[] all = Arrays.copyOf(floats(1, -2, 3, 0.5f), 23);
    System.arraycopy(new byte[] {0, (byte) 200, 1, 1, 0, 0x3C, 1}, 0, all, 16, 7);
    Files.write(folder.resolve("group1-shard1of2.bin"), Arrays.copyOf(all, 10));
    Files.write(folder.resolve("group1-shard2of2.bin"), Arrays.copyOfRange(all, 10, 23));
  }

  private TensorFile open(String model) throws IOException {
    Path path = folder.resolve("model.json");
    return WeightFiles.open(Files.writeString(path, model));
  }

  @Test
  void readsWhatShardsHold() throws IOException {
    try (TensorFile file = open(MODEL)) {
      assertThat(file.format()).isEqualTo("TensorFlow.js");
      assertThat(file.entries().keySet())
          .containsExactly("conv/kernel", "conv/bias", "steps", "half", "used");
      assertThat(file.entry("conv/kernel").shape().toArray()).containsExactly(1, 1, 2, 2);
      assertThat(file.entry("conv/kernel").toFloats()).containsExactly(1, -2, 3, 0.5f);
      TensorEntry bias = file.entry("conv/bias");
      assertThat(bias.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(bias.toFloats()).containsExactly(-1, 99);
      assertThat(file.entry("steps").dtype()).isEqualTo(DType.INT32);
      assertThat(file.entry("steps").toFloats()).containsExactly(2 * 257 + 10);
      assertThat(file.entry("half").dtype()).isEqualTo(DType.FLOAT16);
      assertThat(file.entry("half").toFloats()).containsExactly(1);
      assertThat(file.entry("used").toFloats()).containsExactly(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group1-shard1of2.bin | ../shard.bin | '../shard.bin' is no plain file name",
        "group1-shard1of2.bin | /etc/passwd | '/etc/passwd' is no plain file name",
        "group1-shard1of2.bin | .. | '..' is no plain file name",
        "group1-shard1of2.bin | other.bin | the file 'other.bin' belongs beside it and is not there",
        "group1-shard1of2.bin | group1-shard2of2.bin | a shard listed twice",
        "[1, 1, 2, 2] | [1, 1, 2, 3] | tensor 'conv/kernel', byte",
        "[1, 1, 2, 2] | [1, 1, 2, 1] | the files have 23 bytes, their tensors take 15",
        "[1, 1, 2, 2] | [2147483647, 2147483647, 9] | is larger than any memory",
        "[1, 1, 2, 2] | [9223372036854775807] | no axis can have the length",
        "\"dtype\": \"bool\" | \"dtype\": \"string\" | dtype 'string' is not one that Tempera reads",
        "\"dtype\": \"uint16\" | \"dtype\": \"uint4\" | quantization 'uint4' is not one that",
        "\"dtype\": \"bool\" | \"type\": \"bool\" | a weight needs a name, a dtype and a shape",
        "\"conv/bias\" | \"conv/kernel\" | the manifest names this tensor twice",
        "-1.5e-3 | -1.5e | JSON: expected a number of at most 40 characters",
      })
  void refusesAManifestThatDoesNotFit(String part, String replacement, String problem) {
    String model = MODEL.replaceFirst(Pattern.quote(part), replacement);
    assertThat(model).isNotEqualTo(MODEL);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> open(model))
        .withMessageContaining("model.json: TensorFlow.js, ")
        .withMessageContaining(problem);
  }

  @Test
  void boundsHowDeepATopologyNests() {
    String model = MODEL.replace("-1.5e-3", "[".repeat(100_000) + "]".repeat(100_000));
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> open(model))
        .withMessageContaining("JSON: nested deeper than 64");
  }

  @Test
  void survivesDamage() throws IOException {
    DamageCheck check = new DamageCheck(TensorFlowJs::read, folder.resolve("model.json"));
    byte[] model = MODEL.strip().getBytes(StandardCharsets.UTF_8);
    check.survives(model, 1);
    check.refusesEveryCut(model);
  }

  @Test
  void refusesACutShard() throws IOException {
    Path shard = folder.resolve("group1-shard2of2.bin");
    byte[] whole = Files.readAllBytes(shard);
    for (int length = 0; length < whole.length; length++) {
      Files.write(shard, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(TensorFileException.class)
          .isThrownBy(() -> open(MODEL))
          .withMessageContaining("bytes, its files have ");
    }
  }
}
