package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.testkit.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that others wrote, compared with what other readers see in them. */
class PublishedFilesTest {
  @TempDir Path folder;

  /** One test per file of the tables, which say how they were made. */
  @TestFactory
  List<DynamicTest> readsEveryTensorAsOthersDo() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String table : List.of("published-tensors.txt", "published-arrays.txt")) {
      List<String> lines = lines(table);
      for (int i = 0; i < lines.size(); i++) {
        String[] head = lines.get(i).split(" ", 3);
        int count = Integer.parseInt(head[2]);
        List<String> expected = lines.subList(i + 1, i + 1 + count);
        tests.add(
            DynamicTest.dynamicTest(
                head[1], () -> assertThat(describe(head[1])).containsExactlyElementsOf(expected)));
        i += count;
      }
    }
    return tests;
  }

  private static List<String> lines(String table) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(PublishedFilesTest.class.getResourceAsStream(table)),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static List<String> describe(String path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (TensorFile file = WeightFiles.open(SharedData.require(path));
        Arena arena = Arena.ofConfined()) {
      for (TensorEntry entry : file.entries().values()) {
        CRC32 checksum = new CRC32();
        checksum.update(entry.toFloat32(arena).asByteBuffer());
        String strides =
            Arrays.stream(entry.strides())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
        lines.add(
            String.format(
                "%s %s %s %s %08x",
                entry.name(),
                entry.dtype(),
                orDash(entry.shape().toString().replaceAll("[\\[\\] ]", "")),
                orDash(strides),
                checksum.getValue()));
      }
    }
    return lines;
  }

  private static String orDash(String list) {
    return list.isEmpty() ? "-" : list;
  }

  @Test
  void keepsNumbersAndTextAsMetadata() throws IOException {
    try (TensorFile file =
        WeightFiles.open(SharedData.require("formats/torch-zip/burn_weights_with_config.pt"))) {
      assertThat(file.format()).isEqualTo("PyTorch zip");
      assertThat(file.metadata())
          .containsAllEntriesOf(
              Map.of(
                  "my_config.n_head", "2",
                  "my_config.some_float", "0.1",
                  "my_config.some_bool", "true",
                  "my_config.some_str", "hello",
                  "my_config.some_list_int.2", "3",
                  "my_config.some_dict.some_key", "some_value"));
    }
    try (TensorFile file = WeightFiles.open(SharedData.require("weights/vgg19-16x/5SE.pth"))) {
      assertThat(file.format()).isEqualTo("PyTorch legacy stream");
      assertThat(file.metadata()).containsEntry("epoch", "20");
    }
  }

  @Test
  void viewsOfOneStorageShareItsMemory() throws IOException {
    try (TensorFile file =
        WeightFiles.open(
            SharedData.require("formats/torch-zip/burn_reader/legacy_uncloned_views.pt"))) {
      TensorEntry first = file.entry("tensor1");
      TensorEntry second = file.entry("tensor2");
      assertThat(first.toFloats()).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
      assertThat(second.bytes().address() - first.bytes().address()).isEqualTo(40 * Float.BYTES);
    }
  }

  @Test
  void aStoredTensorIsASliceOfTheFile() throws IOException {
    try (TensorFile file =
        WeightFiles.open(SharedData.require("formats/torch-zip/burn_mnist.pt"))) {
      TensorEntry weight = file.entry("fc1.weight");
      assertThat(weight.byteOffset() % 64).isZero();
      assertThat(weight.bytes().address() % 64).isZero();
      assertThat(weight.bytes()).isNotSameAs(weight.toFloat32(Arena.ofAuto()));
      assertThat(weight.bytes().isReadOnly()).isTrue();
    }
  }

  @Test
  void namesTheTensorThatACutUploadLacks() {
    Path damaged = SharedData.require("formats/damaged/truncated_vgg_normalised.pth");
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> WeightFiles.open(damaged))
        .withMessageEndingWith(
            ": PyTorch legacy stream, tensor '45.weight', byte 1835008: the file is cut short: the"
                + " storage that starts at byte 6689 takes 9437184 bytes, 1828319 are left");
  }

  @Test
  void saysWhatAnUnknownFileStartsWithAndWhatIsKnown() throws IOException {
    Path broken = SharedData.require("formats/torch-zip/burn_reader/broken.pt");
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> WeightFiles.open(broken))
        .withMessageContaining(
            ": weights, byte 0: starts with bytes 61 62 63, as no known format does; known formats:"
                + " safetensors, PyTorch .pth/.pt (legacy stream), ");
    byte[] archive = TorchFixture.zip(ZipEntry.STORED, Map.of("README", new byte[] {'x'}));
    Path path = Files.write(folder.resolve("archive"), archive);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> WeightFiles.open(path))
        .withMessageContaining("the archive has no data.pkl");
  }
}
