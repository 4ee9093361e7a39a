package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.format.mat.MatFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MAT files of version 5: published ones, ones of our own making, and damaged ones. */
@Timeout(120)
class MatFilesTest {
  private static final Path NAME = Path.of("net.mat");

  private static TensorFile read(byte[] content) throws TensorFileException {
    return MatFile.read(MappedFile.of(NAME, content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void namesArraysByTheirExpressions(String order) throws IOException {
    try (TensorFile file = read(MatFixture.sample(order(order)).toBytes())) {
      assertThat(file.entries())
          .containsOnlyKeys(
              "layers{1}.weights{1}",
              "layers{1}.weights{2}",
              "mean",
              "net.layers{1}.weights{1}",
              "net.layers{1}.weights{2}");
      assertThat(file.metadata())
          .containsEntry("layers{1}.name", "conv1_1")
          .containsEntry("note", "grün");
      TensorEntry weights = file.entry("net.layers{1}.weights{1}");
      assertThat(weights.shape()).isEqualTo(Shape.of(3, 3, 2, 4));
      assertThat(weights.strides()).containsExactly(1, 3, 9, 18);
      float[] ramp = MatFixture.ramp(72);
      float[] rowMajor = new float[72];
      for (int i = 0; i < 72; i++) {
        rowMajor[((i % 3 * 3 + i / 3 % 3) * 2 + i / 9 % 2) * 4 + i / 18] = ramp[i];
      }
      assertThat(weights.toFloats()).containsExactly(rowMajor);
      assertThat(file.entry("layers{1}.weights{1}").toFloats()).containsExactly(rowMajor);
      assertThat(file.entry("mean").toFloats()).containsExactly(123.68f, 116.779f, 103.939f);
    }
  }

  private static ByteOrder order(String name) {
    return name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /**
   * Shapes and values that scipy.io.loadmat 1.17.1 gives: the first element, the last, and the sum
   * of each element times its place counted from one, all in row-major order.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mat-matconvnet/lood339_net_stage_1.mat | net.layers{1}.weights{1} | float32 | 3 3 3 16 | 0.01992349 0.02261814 -32.706918
          mat-matconvnet/lood339_net_stage_1.mat | net.layers{1}.weights{2} | float32 | 1 16 | -0.06019099 -0.05409028 -2.5170166
          mat-matconvnet/lood339_net_stage_1.mat | net.layers{1}.pad | uint8 | 1 1 | 0 0 0
          mat-matconvnet/lood339_net_stage_1.mat | net.layers{6}.weights{1} | float32 | 6 2 16 2 | -0.03917546 0.01977559 200.54793
          mat-matconvnet/lood339_net_stage_1.mat | net.layers{6}.weights{2} | float32 | 1 2 | 0.5652024 -0.3164116 -0.067620814
          mat-matconvnet/lood339_net_stage_1.mat | net.meta.inputSize | uint8 | 1 3 | 32 3 69
          mat-matconvnet/lood339_net_stage_2.mat | net.layers{1}.weights{1} | float32 | 3 3 3 16 | 0.01992349 0.02261814 -32.706918
          mat-matconvnet/lood339_net_stage_2.mat | net.layers{1}.weights{2} | float32 | 1 16 | -0.06019099 -0.05409028 -2.5170166
          mat-matconvnet/lood339_net_stage_2.mat | net.layers{4}.weights{1} | float32 | 3 3 16 16 | 0.0498497 0.04372875 -9778.4189
          mat-matconvnet/lood339_net_stage_2.mat | net.layers{4}.weights{2} | float32 | 1 16 | 0.3205979 -0.07390054 -0.88785978
          mat-matconvnet/lood339_net_stage_2.mat | net.layers{8}.weights{1} | float32 | 5 1 16 2 | -0.2023755 0.1330245 417.17954
          mat-matconvnet/lood339_net_stage_2.mat | net.layers{8}.weights{2} | float32 | 1 2 | 0.9923722 0.6200626 2.2324975
          mat-matconvnet/lood339_net_stage_1_raw.mat | net.layers{1}.weights{1} | float32 | 3 3 3 16 | 0.01382363 -0.001441582 45.205743
          mat-matconvnet/lood339_net_stage_1_raw.mat | net.layers{1}.weights{2} | float32 | 1 16 | 0 0 0
          mat-matconvnet/lood339_net_stage_1_raw.mat | net.layers{6}.weights{1} | float32 | 6 2 16 2 | 0.01273563 0.006098894 -44.986756
          mat-matconvnet/lood339_net_stage_1_raw.mat | net.layers{6}.weights{2} | float32 | 1 2 | 0 0 0
          mat-matconvnet/lood339_net_stage_1_dilation.mat | net.layers{1}.weights{1} | float32 | 3 3 3 16 | 0.01992349 0.02261814 -32.706918
          mat-matconvnet/lood339_net_stage_1_dilation.mat | net.layers{1}.weights{2} | float32 | 1 16 | -0.06019099 -0.05409028 -2.5170166
          mat-matconvnet/lood339_net_stage_1_dilation.mat | net.layers{6}.weights{1} | float32 | 6 2 16 2 | -0.03917546 0.01977559 200.54793
          mat-matconvnet/lood339_net_stage_1_dilation.mat | net.layers{6}.weights{2} | float32 | 1 2 | 0.5652024 -0.3164116 -0.067620814
          mat5-basic/cell.mat | cel.xBF.bf | float64 | 171 2 | 0 1.086567e-05 30.495808
          mat5-basic/cell.mat | cel.nscan | uint8 | 1 1 | 96 96 96
          mat5-basic/cell.mat | cel.Sess.U.dur | uint8 | 6 1 | 8 8 168
          mat5-basic/cell.mat | cel.Sess.U.pst | int16 | 1 96 | -21 24 100464
          mat5-basic/cell.mat | cel.xX.X | float64 | 96 3 | 0 1 20867.036
          mat5-basic/int64.mat | arr | int64 | 1 2 | -9.223372e+18 9.223372e+18 9.223372e+18
          mat5-basic/int8.mat | arr | int8 | 1 2 | -128 127 126
          mat5-basic/multiDimMatrix.mat | in | int32 | 2 3 4 5 6 | 0 719 94113180
          mat5-basic/simplestruct.mat | structure(1).a | uint8 | 2 3 | 1 6 91
          mat5-basic/simplestruct.mat | structure(2).a | uint8 | 2 3 | 1 6 91
          mat5-basic/single.mat | arr | float32 | 1 3 | 1.1 3.3 15.4
          mat5-basic/uint8.mat | arr | uint8 | 1 2 | 0 255 510
          mat5-basic/object.mat | X.isEmpty | uint8 | 1 1 | 0 0 0
          """)
  void readsWhatScipyReads(String path, String tensor, String dtype, String shape, String values)
      throws IOException {
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/" + path))) {
      assertThat(file.format()).isEqualTo("MAT v5");
      TensorEntry entry = file.entry(tensor);
      assertThat(entry.dtype()).hasToString(dtype);
      assertThat(entry.shape().toArray()).containsExactly(integers(shape));
      float[] read = entry.toFloats();
      double[] expected =
          Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
      double sum = 0;
      double magnitude = 0;
      for (int i = 0; i < read.length; i++) {
        sum += (i + 1.0) * read[i];
        magnitude += Math.abs((i + 1.0) * read[i]);
      }
      // Expectations have seven and eight digits.
      assertThat((double) read[0]).isCloseTo(expected[0], within(1e-6 * Math.abs(expected[0])));
      assertThat((double) read[read.length - 1])
          .isCloseTo(expected[1], within(1e-6 * Math.abs(expected[1])));
      assertThat(sum).isCloseTo(expected[2], within(1e-7 * magnitude));
    }
  }

  private static int[] integers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Test
  void keepsTextAsMetadata() throws IOException {
    try (TensorFile file =
        WeightFiles.open(SharedData.require("formats/mat-matconvnet/lood339_net_stage_1.mat"))) {
      assertThat(file.metadata())
          .containsEntry("net.layers{1}.name", "conv_m1")
          .containsEntry("net.layers{1}.type", "conv")
          .containsEntry("net.layers{8}.type", "softmaxloss");
    }
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/mat5-basic/cell.mat"))) {
      assertThat(file.metadata())
          .containsEntry("cel.xBF.name", "hrf (with time derivative)")
          .containsEntry("cel.xX.name{3}", "Sn(1) constant")
          .containsEntry("cel.Sess.U.u", "a sparse array, not read");
    }
    // The bytes of the three texts are 41 d8 0e df, one character outside of the basic plane.
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/mat5-basic/utf.mat"))) {
      assertThat(file.metadata().values()).containsOnly(Character.toString(0x2070E)).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2 3", "3 2 1", "2 1 3"})
  void arraysInACompressedVariableAreReadInAnyOrder(String order) throws IOException {
    MatFixture mat = new MatFixture(ByteOrder.BIG_ENDIAN);
    byte[] cell =
        mat.cell(
            "layers",
            mat.floats("", new int[] {1, 3000}, MatFixture.ramp(3000)),
            mat.floats("", new int[] {1, 1}, 5),
            mat.floats("", new int[] {1, 2000}, MatFixture.ramp(2000)));
    try (TensorFile file = read(mat.addCompressed(cell).toBytes())) {
      for (String place : order.split(" ", -1)) {
        float[] expected =
            switch (place) {
              case "1" -> MatFixture.ramp(3000);
              case "2" -> new float[] {5};
              default -> MatFixture.ramp(2000);
            };
        assertThat(file.entry("layers{" + place + "}").toFloats()).containsExactly(expected);
      }
    }
  }

  @Test
  void readsComplexLogicalAndSparseArrays() throws IOException {
    try (TensorFile file =
        WeightFiles.open(SharedData.require("formats/mat5-basic/multiDimComplexMatrix.mat"))) {
      assertThat(file.entry("real(in)").toFloats()).startsWith(0, 120, 240).endsWith(719);
      assertThat(file.entry("imag(in)").toFloats()).startsWith(0, -120, -240).endsWith(-719);
    }
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/mat5-basic/logical.mat"))) {
      assertThat(file.entry("bool").dtype()).hasToString("bool");
      assertThat(file.entry("bool").toFloats()).containsExactly(1, 0);
    }
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/mat5-basic/sparse.mat"))) {
      assertThat(file.entries()).isEmpty();
      assertThat(file.metadata()).containsEntry("spa", "a sparse array, not read");
    }
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/mat5-basic/nan.mat"))) {
      assertThat(file.entry("x").toFloats()).containsExactly(Float.NaN);
    }
  }

  @Test
  void survivesDamage() throws IOException {
    DamageCheck check = new DamageCheck(MatFile::read);
    check.survives(MatFixture.sample(ByteOrder.LITTLE_ENDIAN).toBytes(), 1);
    check.survives(MatFixture.sample(ByteOrder.BIG_ENDIAN).toBytes(), 2);
    check.survives(MatConvNetFixture.old().toBytes(), 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mat-matconvnet/lood339_net_stage_1.mat",
        "mat-matconvnet/lood339_net_stage_2.mat",
        "mat5-basic/cell.mat",
        "mat5-basic/multiDimComplexMatrix.mat",
        "mat5-basic/object.mat",
        "mat5-basic/emptyname.mat",
      })
  void survivesDamageToPublishedFiles(String path) throws IOException {
    new DamageCheck(MatFile::read)
        .survives(Files.readAllBytes(SharedData.require("formats/" + path)), path.hashCode());
  }

  @Test
  void refusesArraysNestedWithoutEnd() {
    MatFixture mat = new MatFixture(ByteOrder.LITTLE_ENDIAN);
    byte[] nested = mat.cell("");
    for (int i = 0; i < 200; i++) {
      nested = mat.cell("", nested);
    }
    byte[] file = mat.add(mat.cell("net", nested)).toBytes();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("net.mat: MAT v5, byte ")
        .withMessageContaining("more than 32 deep");
  }

  @Test
  void refusesACompressedVariableMuchLargerThanTheFile() {
    MatFixture mat = new MatFixture(ByteOrder.LITTLE_ENDIAN);
    byte[] file =
        mat.addCompressed(mat.floats("zeros", new int[] {2048, 2048}, new float[2048 * 2048]))
            .toBytes();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("more than are allowed for a file of " + file.length);
  }

  @Test
  void namesTheArrayWhoseNumbersAreTooFew() {
    MatFixture mat = new MatFixture(ByteOrder.LITTLE_ENDIAN);
    byte[] file = mat.add(mat.floats("bias", new int[] {1, 8}, 1, 2, 3)).toBytes();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("tensor 'bias', byte 184: [1, 8] of 4 bytes each takes 32 bytes");
  }
}
