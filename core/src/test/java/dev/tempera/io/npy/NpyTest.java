package dev.tempera.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static final double[] REALS = {1.5, -2.25, Double.POSITIVE_INFINITY, 0.0, -0.0, 3e-5};

  @TempDir Path folder;

  private static double[] load(String name) throws IOException {
    try (Tensor tensor = Npy.load(NumpyFiles.of(name + ".npy"))) {
      return tensor.toDoubles();
    }
  }

  private Path file(String dictionary, int dataBytes) throws IOException {
    byte[] header =
        ("\u0093NUMPY\u0001\u0000" + (char) dictionary.length() + "\u0000" + dictionary)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = Arrays.copyOf(header, header.length + dataBytes);
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  @ParameterizedTest
  @CsvSource({"f4,FLOAT32", "f8,FLOAT64", "version2,FLOAT32", "version3,FLOAT32", "big-f8,FLOAT64"})
  void readsReals(String name, DType dtype) throws IOException {
    try (TensorFile file = Npy.open(NumpyFiles.of(name + ".npy"))) {
      assertThat(file.entry(name).dtype()).isEqualTo(dtype);
      assertThat(file.entry(name).shape()).isEqualTo(Shape.of(2, 3));
    }
    double[] expected = REALS.clone();
    if (dtype == DType.FLOAT32) {
      expected[5] = 3e-5f;
    }
    assertThat(load(name)).containsExactly(expected);
  }

  @Test
  void readsHalves() throws IOException {
    double[] expected = REALS.clone();
    expected[5] = Float.float16ToFloat(Float.floatToFloat16(3e-5f));
    assertThat(load("f2")).containsExactly(expected);
    assertThat(load("bf16")).containsExactly(1.5, -2.25, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i1", "i2", "i4", "i8"})
  void readsIntegers(String name) throws IOException {
    assertThat(load(name)).containsExactly(1, -2, 3, 100, -100, 0);
  }

  @Test
  void readsOtherTypesOrdersAndShapes() throws IOException {
    assertThat(load("u1")).containsExactly(1, 2, 3, 100, 200, 255);
    assertThat(load("b1")).containsExactly(1, 0, 1, 0, 0, 1);
    assertThat(load("big-i2")).containsExactly(1, -2, 300);
    assertThat(load("fortran")).containsExactly(0, 1, 2, 3, 4, 5);
    double[] counted = new double[24];
    Arrays.setAll(counted, i -> i);
    assertThat(load("big-f4-fortran")).containsExactly(counted);
    assertThat(load("scalar")).containsExactly(2.5);
    assertThat(load("empty")).isEmpty();
    try (Tensor empty = Npy.load(NumpyFiles.of("empty.npy"));
        Tensor scalar = Npy.load(NumpyFiles.of("scalar.npy"))) {
      assertThat(empty.shape()).isEqualTo(Shape.of(3, 0, 2));
      assertThat(scalar.shape()).isEqualTo(Shape.scalar());
    }
  }

  @Test
  void keepsEveryBitOfLargeIntegers() throws IOException {
    try (TensorFile file = Npy.open(NumpyFiles.of("i8-large.npy"))) {
      assertThat(file.entry("i8-large").bytes().toArray(ValueLayout.JAVA_LONG_UNALIGNED))
          .containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "b1", "fortran", "scalar", "empty"
      })
  void writesTheBytesThatNumpyWrites(String name) throws IOException {
    Path numpys = NumpyFiles.of(name + ".npy");
    Path ours = folder.resolve("ours.npy");
    try (TensorFile file = Npy.open(numpys)) {
      NpyWriter.write(ours, file.entry(name));
    }
    assertThat(ours).hasSameBinaryContentAs(numpys);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32",
    "FLOAT64",
    "FLOAT16",
    "BFLOAT16",
    "INT8",
    "UINT8",
    "INT16",
    "INT32",
    "INT64",
    "BOOL"
  })
  void tensorsComeBack(DType dtype) throws IOException {
    Path path = folder.resolve("a.npy");
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = new byte[3 * 5 * dtype.byteSize()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (dtype == DType.BOOL ? i % 2 : 7 * i);
      }
      MemorySegment values = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
      try (Tensor tensor = Tensor.upload(values, dtype, Shape.of(3, 5));
          Tensor turned = tensor.transpose()) {
        NpyWriter.write(path, turned);
        try (Tensor read = Npy.load(path)) {
          assertThat(read.dtype()).isEqualTo(dtype);
          assertThat(read.shape()).isEqualTo(Shape.of(5, 3));
          assertThat(read.toDoubles()).containsExactly(turned.toDoubles());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c8 | byte 20: element type '<c8' is not one that Tempera reads",
        "object | byte 20: element type '|O' is not one that Tempera reads: objects are Python's own",
        "structure | byte 20: arrays of structures are not read",
        "u2 | byte 20: element type '<u2' is not one",
        "text | byte 20: element type '<U2' is not one"
      })
  void refusesOtherElementTypes(String name, String problem) {
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> load("refused-" + name))
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'descr': '<f4', 'fortran_order': False}; lacks one of them",
        "{'descr': '<f4', 'descr': '<f4'}; member 'descr' is repeated or unknown",
        "{'colour': 1}; byte 11: member 'colour' is repeated or unknown",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}; byte 44: expected True or False",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}; expected a whole number",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,)}; no axis can have",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000)};"
            + " larger than any memory",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}; takes 12 bytes, 8 follow",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}; takes 4 bytes, 8 follow",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x; expected nothing more",
        "__import__('os'); byte 10: expected '{'"
      })
  void refusesBrokenHeaders(String dictionary, String problem) throws IOException {
    Path path = file(dictionary, 8);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Npy.load(path))
        .withMessageContaining(problem);
  }

  @Test
  void readsWhatOlderVersionsOfPythonWrote() throws IOException {
    Path path = file("{\"shape\": (2L,), 'fortran_order': True, 'descr': '<f4'}", 8);
    try (Tensor tensor = Npy.load(path)) {
      assertThat(tensor.toFloats()).containsExactly(0, 0);
    }
  }

  @Test
  void refusesFilesThatAreCutShort() throws IOException {
    byte[] whole = Files.readAllBytes(NumpyFiles.of("f4.npy"));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(TensorFileException.class)
          .isThrownBy(() -> Npy.read(MappedFile.of(Path.of("cut.npy"), part)).close())
          .withMessageStartingWith("cut.npy: npy");
    }
  }

  @Test
  void damageIsReportedOrHarmless() throws IOException {
    Random random = new Random(7);
    byte[] whole = Files.readAllBytes(NumpyFiles.of("big-f4-fortran.npy"));
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(128)] ^= (byte) (1 << random.nextInt(8));
      try (TensorFile file = Npy.read(MappedFile.of(Path.of("d.npy"), damaged))) {
        file.entries().values().iterator().next().toFloats();
      } catch (TensorFileException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }
}
