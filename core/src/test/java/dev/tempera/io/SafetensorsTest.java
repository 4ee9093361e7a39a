package dev.tempera.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  private Path write(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (int i = 0; i < dataBytes; i++) {
      bytes.put((byte) i);
    }
    return Files.write(folder.resolve("w.safetensors"), bytes.array());
  }

  @Test
  void readsTensorsAndMetadataInTheOrderOfTheHeader() throws IOException {
    Path path =
        write(
            """
            {"b":{"dtype":"I16","shape":[2],"data_offsets":[6,10]},
             "__metadata__":{"source":"\\u00e9\\n\\"here\\""},
             "a":{"shape":[2,3],"data_offsets":[0,6],"dtype":"U8"},
             "none":{"dtype":"F64","shape":[4,0],"data_offsets":[10,10]},
             "one":{"dtype":"BF16","shape":[],"data_offsets":[10,12]}}   \
            """,
            12);
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.format()).isEqualTo("safetensors");
      assertThat(file.byteSize()).isEqualTo(Files.size(path));
      assertThat(file.entries().keySet()).containsExactly("b", "a", "none", "one");
      assertThat(file.metadata()).containsExactly(Map.entry("source", "é\n\"here\""));
      assertThat(file.entry("a").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(file.entry("a").shape()).isEqualTo(Shape.of(2, 3));
      assertThat(file.entry("b").toFloats()).containsExactly(0x0706, 0x0908);
      assertThat(file.entry("none").toFloats()).isEmpty();
      assertThat(file.entry("one").dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(file.entry("one").shape().rank()).isZero();
      long dataStart = Files.size(path) - 12;
      assertThat(file.entry("b").byteOffset()).isEqualTo(dataStart + 6);
    }
  }

  @Test
  void readsAFileWithoutTensors() throws IOException {
    try (TensorFile file = Safetensors.open(write("{}", 0))) {
      assertThat(file.entries()).isEmpty();
    }
  }

  @Test
  void entriesEndWithTheFile() throws IOException {
    TensorFile file =
        Safetensors.open(
            write("{\"a\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1));
    TensorEntry entry = file.entry("a");
    file.close();
    file.close();
    assertThatIllegalStateException().isThrownBy(entry::toFloats);
  }

  @Test
  void namesAMissingTensor() throws IOException {
    try (TensorFile file = Safetensors.open(write("{}", 0))) {
      assertThatExceptionOfType(TensorFileException.class)
          .isThrownBy(() -> file.entry("conv1"))
          .withMessageContaining("tensor 'conv1'")
          .satisfies(e -> assertThat(e.tensor()).isEqualTo("conv1"));
    }
  }

  /** Each header breaks one rule; the data after it has 8 bytes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | do not hold the 12 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | starts at byte 4 of the data",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | the tensors end at byte 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | do not lie within the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,4]}} | do not lie within",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[4,8]}} | starts at byte 4 of the data, the tensor before it ends at 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | names this tensor twice",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 'dtype' is repeated or unknown",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"extra\":1}} | 'extra' is repeated or unknown",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | lacks one of them",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}} | lacks one of them",
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}} | dtype 'F8_E4M3' is not one",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | expected a whole number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[02],\"data_offsets\":[0,8]}} | expected a whole number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}} | expected ','",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2e0],\"data_offsets\":[0,8]}} | expected ','",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | number above",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}} | no axis can have the length 4294967298",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}} | larger than any memory",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}} | expected a whole number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},} | expected '\"'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}x | expected nothing more, found 'x'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]} | expected ',', found the end",
        "{\"a\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | half of a surrogate pair",
        "{\"a\\x\":{}} | unknown escape",
        "{\"a\\u12g4\":{}} | four hexadecimal digits",
        "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}} | 'a' twice",
        "{\"__metadata__\":{\"a\":1}} | expected '\"', found '1'",
        "{\"__metadata__\":{},\"__metadata__\":{}} | two members __metadata__",
        "[] | expected '{'",
      })
  void refusesABrokenHeader(String header, String problem) throws IOException {
    Path path = write(header, 8);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Safetensors.open(path).close())
        .withMessageStartingWith(path + ": safetensors, ")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.byteOffset()).isBetween(8L, Files.size(path)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, 11})
  void refusesAHeaderLengthThatCannotBe(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put("{        }".getBytes(StandardCharsets.UTF_8));
    Path path = Files.write(folder.resolve("w.safetensors"), bytes.array());
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Safetensors.open(path).close());
  }

  @Test
  void namesTensorFormatAndByte() throws IOException {
    Path path =
        write("{ \"conv\\u0007\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Safetensors.open(path).close())
        .withMessage(
            path
                + ": safetensors, tensor 'conv?', byte 10: "
                + "data_offsets [0, 8] do not hold the 12 bytes of float32 [3]")
        .satisfies(e -> assertThat(e.tensor()).isEqualTo("conv\u0007"))
        .satisfies(e -> assertThat(e.format()).isEqualTo("safetensors"));
  }

  @Test
  void refusesWhatIsNotAFile() {
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Safetensors.open(folder.resolve("missing")))
        .withMessage(folder.resolve("missing") + ": there is no such file");
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Safetensors.open(folder))
        .withMessageEndingWith("this is a directory, not a file");
  }
}
