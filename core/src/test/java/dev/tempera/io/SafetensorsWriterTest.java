package dev.tempera.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {
  @TempDir Path folder;

  private static List<TensorEntry> randomTensors(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TensorEntry> tensors = new ArrayList<>();
    for (DType dtype : DType.values()) {
      int[] lengths = random.ints(random.nextInt(5), 0, 7).toArray();
      Shape shape = Shape.of(lengths);
      byte[] bytes = new byte[(int) shape.size() * dtype.byteSize()];
      random.nextBytes(bytes);
      tensors.add(TensorEntry.dense("t." + dtype, dtype, shape, MemorySegment.ofArray(bytes)));
    }
    return tensors;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void roundTripIsBitExact(long seed) throws IOException {
    Path path = folder.resolve("w.safetensors");
    List<TensorEntry> tensors = randomTensors(seed);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("zweite", "Größe \"5\" \\ \n\u0001 \uD83D\uDE00");
    metadata.put("a", "");
    SafetensorsWriter.write(path, tensors, metadata);
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.metadata()).containsExactlyEntriesOf(metadata);
      assertThat(file.entries().keySet())
          .containsExactlyElementsOf(tensors.stream().map(TensorEntry::name).toList());
      for (TensorEntry written : tensors) {
        TensorEntry read = file.entry(written.name());
        assertThat(read.dtype()).isEqualTo(written.dtype());
        assertThat(read.shape()).isEqualTo(written.shape());
        assertThat(read.bytes().mismatch(written.bytes())).isEqualTo(-1);
      }
    }
    Path again = folder.resolve("again.safetensors");
    try (TensorFile file = Safetensors.open(path)) {
      SafetensorsWriter.write(again, file.entries().values(), file.metadata());
    }
    assertThat(Files.mismatch(path, again)).isEqualTo(-1);
  }

  @Test
  void dataStartsAtAMultipleOf64Bytes() throws IOException {
    Path path = folder.resolve("w.safetensors");
    for (int length = 1; length < 70; length++) {
      MemorySegment bytes = MemorySegment.ofArray(new byte[] {42});
      String name = "n".repeat(length);
      SafetensorsWriter.write(
          path, List.of(TensorEntry.dense(name, DType.UINT8, Shape.of(1), bytes)), Map.of());
      try (TensorFile file = Safetensors.open(path)) {
        TensorEntry entry = file.entry(name);
        assertThat(entry.byteOffset() % 64).isZero();
        assertThat(entry.bytes().address() % 64).isZero();
        assertThat(entry.toFloats()).containsExactly(42);
      }
    }
  }

  @Test
  void writesAViewInRowMajorOrder() throws IOException {
    Path path = folder.resolve("w.safetensors");
    MemorySegment bytes = MemorySegment.ofArray(new byte[] {0, 1, 2, 3, 4, 5});
    TensorEntry transposed =
        new TensorEntry("t", DType.INT8, Shape.of(3, 2), new long[] {1, 3}, 0, () -> bytes);
    SafetensorsWriter.write(path, List.of(transposed), Map.of());
    try (TensorFile file = Safetensors.open(path)) {
      assertThat(file.entry("t").bytes().toArray(ValueLayout.JAVA_BYTE))
          .containsExactly(0, 3, 1, 4, 2, 5);
    }
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path path = Files.writeString(folder.resolve("w.safetensors"), "before");
    TensorFileException cause = new TensorFileException(path, "test", null, 0, "unreadable");
    TensorEntry unreadable =
        new TensorEntry(
            "t",
            DType.INT8,
            Shape.of(3),
            new long[] {1},
            0,
            () -> {
              throw cause;
            });
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> SafetensorsWriter.write(path, List.of(unreadable), Map.of()));
    assertThat(path).hasContent("before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "__metadata__"})
  void refusesANameThatIsTaken(String second) {
    TensorEntry first =
        TensorEntry.dense("t", DType.INT8, Shape.of(0), MemorySegment.ofArray(new byte[0]));
    TensorEntry other =
        TensorEntry.dense(second, DType.INT8, Shape.of(0), MemorySegment.ofArray(new byte[0]));
    Path path = folder.resolve("w.safetensors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsWriter.write(path, List.of(first, other), Map.of()))
        .withMessageContaining("'" + second + "'");
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16", "BFLOAT16"})
  void tensorsComeBackInTheirType(DType dtype) throws IOException {
    Path path = folder.resolve("tensors.safetensors");
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor weight = Tensor.randomNormal(3, 5, 7).to(dtype);
      SafetensorsWriter.write(path, Map.of("weight", weight.transpose()), Map.of());
      try (TensorFile file = Safetensors.open(path)) {
        Tensor read = file.toTensors().get("weight");
        assertThat(read).isNotNull();
        assertThat(read.dtype()).isEqualTo(dtype);
        assertThat(read.transpose().toFloats()).containsExactly(weight.toFloats());
      }
    }
  }
}
