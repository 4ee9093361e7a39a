package dev.tempera.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.Safetensors;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  @TempDir private Path folder;

  private long liveBefore;

  @BeforeEach
  void measure() {
    liveBefore = Backends.current().memory().live();
  }

  @AfterEach
  void nothingLeaks() {
    assertThat(Backends.current().memory().live()).isEqualTo(liveBefore);
  }

  private static Sequential net(int hidden, long seed) {
    RandomSource random = new RandomSource(seed);
    return Sequential.of(
        new Conv2dLayer(1, hidden, 2, Conv2dParams.DEFAULT, random),
        new FlattenLayer(),
        new LinearLayer(hidden, 3, random));
  }

  private static Map<String, List<Float>> values(Block block) {
    Map<String, List<Float>> values = new LinkedHashMap<>();
    block
        .state()
        .forEach(
            (name, tensor) -> {
              List<Float> list = new ArrayList<>();
              for (float value : tensor.toFloats()) {
                list.add(value);
              }
              values.put(name, list);
            });
    return values;
  }

  @Test
  void aSavedStateComesBackBitForBit() throws IOException {
    Path path = folder.resolve("net.safetensors");
    try (Sequential saved = net(4, 1);
        Sequential loaded = net(4, 2)) {
      StateFile.save(saved, path, Map.of("trained_on", "nothing"));
      Tensor handle = loaded.parameters().sequencedValues().getFirst();
      StateFile.load(loaded, path);
      assertThat(values(loaded)).isEqualTo(values(saved));
      assertThat(loaded.parameters().sequencedValues().getFirst()).isSameAs(handle);
      try (TensorFile file = Safetensors.open(path)) {
        assertThat(file.metadata()).containsEntry("trained_on", "nothing");
        assertThat(file.entries().keySet())
            .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
      }
    }
  }

  @Test
  void frozenBlocksTakeAStateAndStayFrozen() throws IOException {
    Path path = folder.resolve("net.safetensors");
    try (Sequential saved = net(4, 1);
        Sequential loaded = net(4, 2)) {
      StateFile.save(saved, path);
      loaded.freeze();
      StateFile.load(loaded, path);
      assertThat(values(loaded)).isEqualTo(values(saved));
      assertThat(loaded.trainableParameters()).isEmpty();
    }
  }

  @Test
  void aFileThatDoesNotFitIsRefusedWithEveryName() throws IOException {
    Path path = folder.resolve("net.safetensors");
    try (Sequential target = net(4, 2)) {
      SafetensorsWriter.write(
          path,
          List.of(
              ones("0.weight", DType.FLOAT32, 4, 1, 2, 2),
              ones("2.weight", DType.FLOAT32, 3, 5),
              ones("2.bias", DType.INT32, 3),
              ones("head.bias", DType.FLOAT32, 3)),
          Map.of());
      Map<String, List<Float>> before = values(target);
      assertThatThrownBy(() -> StateFile.load(target, path))
          .isInstanceOf(StateMismatchException.class)
          .hasMessage(
              """
              state: the file does not fit the block; 1 tensors fit
                missing (1)
                  0.bias
                unexpected (1)
                  head.bias
                mismatched (2)
                  2.weight float32[3, 4], in the file float32[3, 5]
                  2.bias float32[3], in the file int32[3]
                hint    loadMatching reads what fits and reports the rest""");
      assertThat(values(target)).isEqualTo(before);

      StateReport report = StateFile.loadMatching(target, path);
      assertThat(report.loaded()).containsExactly("0.weight");
      assertThat(report.missing()).containsExactly("0.bias");
      assertThat(report.unexpected()).containsExactly("head.bias");
      assertThat(report.isComplete()).isFalse();
      assertThat(values(target).get("0.weight")).containsOnly(1f);
      assertThat(values(target).get("2.weight")).isEqualTo(before.get("2.weight"));
    }
  }

  @Test
  void halfPrecisionIsConverted() throws IOException {
    Path path = folder.resolve("half.safetensors");
    MemorySegment half =
        Arena.ofAuto()
            .allocateFrom(ValueLayout.JAVA_SHORT, (short) 0x3C00, (short) 0x3C00, (short) 0x3C00);
    try (LinearLayer layer =
        new LinearLayer(3, 1, Initialiser.constant(0), null, new RandomSource(1))) {
      SafetensorsWriter.write(
          path,
          List.of(TensorEntry.dense("weight", DType.FLOAT16, Shape.of(1, 3), half)),
          Map.of());
      StateFile.load(layer, path);
      assertThat(layer.weight().toFloats()).containsOnly(1f);
      assertThat(layer.weight().dtype()).isEqualTo(DType.FLOAT32);
    }
  }

  @Test
  void aBrokenFileChangesNothing() throws IOException {
    Path path = folder.resolve("net.safetensors");
    try (Sequential target = net(4, 2)) {
      StateFile.save(target, path);
      byte[] bytes = Files.readAllBytes(path);
      Files.write(path, Arrays.copyOf(bytes, bytes.length - 5));
      Map<String, List<Float>> before = values(target);
      assertThatThrownBy(() -> StateFile.load(target, path))
          .isInstanceOf(TensorFileException.class);
      assertThat(values(target)).isEqualTo(before);
    }
  }

  private static TensorEntry ones(String name, DType dtype, int... lengths) {
    Shape shape = Shape.of(lengths);
    int count = Math.toIntExact(shape.size());
    MemorySegment bytes =
        dtype == DType.FLOAT32
            ? Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, filled(count))
            : Arena.ofAuto().allocateFrom(ValueLayout.JAVA_INT, new int[count]);
    return TensorEntry.dense(name, dtype, shape, bytes);
  }

  private static float[] filled(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1);
    return values;
  }
}
