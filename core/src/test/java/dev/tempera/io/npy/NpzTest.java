package dev.tempera.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NpzTest {
  @TempDir Path folder;

  @Test
  void readsStoredArrays() throws IOException {
    try (TensorFile file = Npz.open(NumpyFiles.of("stored.npz"))) {
      assertThat(file.entries().keySet()).containsExactly("a", "b");
      assertThat(file.entry("a").toFloats())
          .containsExactly(1.5f, -2.25f, Float.POSITIVE_INFINITY, 0f, -0f, 3e-5f);
      assertThat(file.entry("b").toFloats()).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void readsDeflatedArraysUpToTheLimit() throws IOException {
    Path path = NumpyFiles.of("deflated.npz");
    try (TensorFile file = Npz.open(path)) {
      assertThat(file.entries().keySet()).containsExactly("a", "zeros", "fortran");
      assertThat(file.entry("zeros").shape()).isEqualTo(Shape.of(300, 400));
      assertThat(file.entry("zeros").toFloats()).containsOnly(0).hasSize(120_000);
      assertThat(file.entry("fortran").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(file.entry("a").toFloats()).startsWith(1.5f, -2.25f);
    }
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Npz.open(path, 400_000))
        .withMessageContaining("would inflate to more than 400000 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void tensorsComeBack(NpzWriter.Compression compression) throws IOException {
    Path path = folder.resolve("a.npz");
    try (TensorScope _ = TensorScope.open("test")) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("layer.weight", Tensor.randomNormal(1, 7, 3));
      tensors.put("scalar", Tensor.scalar(2));
      tensors.put("empty", Tensor.zeros(0, 3));
      NpzWriter.write(path, tensors, compression);
      byte[] first = Files.readAllBytes(path);
      NpzWriter.write(path, tensors, compression);
      assertThat(Files.readAllBytes(path)).isEqualTo(first);
      try (TensorFile file = Npz.open(path)) {
        Map<String, Tensor> read = file.toTensors();
        assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach(
            (name, tensor) -> {
              assertThat(read.get(name)).isNotNull();
              assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
              assertThat(read.get(name).toFloats()).containsExactly(tensor.toFloats());
            });
      }
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .containsExactly("layer.weight.npy", "scalar.npy", "empty.npy");
    }
  }

  @Test
  void damageIsReportedOrHarmless() throws IOException {
    Random random = new Random(3);
    byte[] whole = Files.readAllBytes(NumpyFiles.of("deflated.npz"));
    Path path = folder.resolve("damaged.npz");
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, damaged);
      try (TensorFile file = Npz.open(path)) {
        for (String name : file.entries().keySet()) {
          file.entry(name).toFloats();
        }
      } catch (TensorFileException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(250);
  }
}
