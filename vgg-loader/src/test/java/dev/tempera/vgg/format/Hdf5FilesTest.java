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
import dev.tempera.vgg.format.hdf5.Hdf5;
import dev.tempera.vgg.format.hdf5.KerasArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HDF5 files of Keras and MATLAB: published ones, ones of our own making, and damaged ones. */
@Timeout(240)
class Hdf5FilesTest {
  private static final Path NAME = Path.of("net.h5");
  private static final int FIRST_CHUNK = 96;
  private static final String KERNEL = "model_weights/block1_conv1/block1_conv1/kernel:0";

  @TempDir Path folder;

  private static TensorFile read(byte[] content) throws TensorFileException {
    return Hdf5.read(MappedFile.of(NAME, content));
  }

  /** A Keras 3 archive around the weights, as Keras stores them or deflated. */
  static byte[] archive(int method, byte[] weights) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      byte[] config = "{\"class_name\": \"Functional\"}".getBytes(StandardCharsets.UTF_8);
      Map<String, byte[]> members = Map.of("config.json", config, "model.weights.h5", weights);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setMethod(method);
        CRC32 checksum = new CRC32();
        checksum.update(member.getValue());
        entry.setCrc(checksum.getValue());
        entry.setSize(member.getValue().length);
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    }
    return file.toByteArray();
  }

  @Test
  void readsChunkedAndContiguousDatasetsOfEitherByteOrder() throws IOException {
    try (TensorFile file = read(Hdf5Fixture.keras())) {
      TensorEntry kernel = file.entry(KERNEL);
      assertThat(kernel.shape()).isEqualTo(Shape.of(3, 3, 2, 5));
      assertThat(kernel.toFloats()).containsExactly(MatFixture.ramp(90));
      TensorEntry bias = file.entry("model_weights/block1_conv1/block1_conv1/bias:0");
      assertThat(bias.toFloats()).containsExactly(MatFixture.ramp(5));
      assertThat(file.metadata())
          .containsEntry("model_weights@layer_names", "block1_conv1")
          .containsEntry(
              "model_weights/block1_conv1@weight_names",
              "block1_conv1/kernel:0\nblock1_conv1/bias:0");
    }
  }

  @Test
  void verifiesTheChecksumsOfChunks() throws IOException {
    byte[] whole = Hdf5Fixture.checksummed();
    try (TensorFile file = read(whole)) {
      assertThat(file.entry("w").toFloats()).containsExactly(MatFixture.ramp(35));
    }
    int chunkSize = 4 * 5 * Float.BYTES + Integer.BYTES;
    for (int place = FIRST_CHUNK; place < FIRST_CHUNK + chunkSize; place++) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 0x40;
      assertThatExceptionOfType(TensorFileException.class)
          .isThrownBy(
              () -> {
                try (TensorFile file = read(damaged)) {
                  file.entry("w").bytes();
                }
              })
          .withMessageContaining(
              "HDF5, byte " + FIRST_CHUNK + ": a chunk is damaged: its checksum is ");
    }
  }

  @Test
  void namesArraysOfMatlabByTheirExpressions() throws IOException {
    try (TensorFile mat5 =
            WeightFiles.open(write(MatFixture.sample(ByteOrder.LITTLE_ENDIAN).toBytes()));
        TensorFile file = read(Hdf5Fixture.matlab())) {
      assertThat(file.entries()).containsOnlyKeys("layers{1}.weights{1}", "layers{1}.weights{2}");
      assertThat(file.metadata()).containsEntry("layers{1}.name", "conv1_1");
      for (TensorEntry entry : file.entries().values()) {
        TensorEntry same = mat5.entry(entry.name());
        assertThat(entry.shape()).isEqualTo(same.shape());
        assertThat(entry.strides()).containsExactly(same.strides());
        assertThat(entry.toFloats()).containsExactly(same.toFloats());
      }
    }
  }

  @Test
  void namesElementsOfStructureArraysOfMatlab() throws IOException {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    byte[] type = Hdf5Fixture.float32(ByteOrder.LITTLE_ENDIAN);
    byte[] single = Hdf5Fixture.text("MATLAB_class", "single");
    byte[] empty =
        Hdf5Fixture.attribute("MATLAB_empty", Hdf5Fixture.integer(1), new int[0], new byte[] {1});
    byte[] one = Hdf5Fixture.bytes(ByteOrder.LITTLE_ENDIAN, 1);
    long first = hdf5.dataset(type, new int[] {1, 1}, one, single);
    // An array without elements is kept as its axis lengths.
    long second = hdf5.dataset(Hdf5Fixture.integer(8), new int[] {2}, new byte[16], single, empty);
    long third = hdf5.dataset(type, new int[] {1, 1}, one, single);
    long field = hdf5.references(new long[] {first, second, third});
    byte[] structure = Hdf5Fixture.text("MATLAB_class", "struct");
    long root = hdf5.group(Map.of("s", hdf5.group(Map.of("pad", field), structure)));
    try (TensorFile file = read(hdf5.toBytes(root, Hdf5Fixture.matlabHeader()))) {
      assertThat(file.entries()).containsOnlyKeys("s(1).pad", "s(3).pad");
    }
  }

  @Test
  void leavesOutWhatFillsUpTexts() throws IOException {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    byte[][] attributes = new byte[3][];
    for (int padding = 0; padding < attributes.length; padding++) {
      byte[] text = "conv1 \0\0".getBytes(StandardCharsets.US_ASCII);
      byte[] spaced = "conv1   ".getBytes(StandardCharsets.US_ASCII);
      attributes[padding] =
          Hdf5Fixture.attribute(
              "padding" + padding,
              Hdf5Fixture.textType(padding, text.length),
              new int[0],
              padding == 2 ? spaced : text);
    }
    try (TensorFile file = read(hdf5.toBytes(hdf5.group(Map.of(), attributes), new byte[0]))) {
      assertThat(file.metadata())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("@padding0", "conv1 ", "@padding1", "conv1 ", "@padding2", "conv1"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void readsTheWeightsInAKerasArchive(int method) throws IOException {
    Path path = write(archive(method, Hdf5Fixture.keras()));
    try (TensorFile file = WeightFiles.open(path)) {
      assertThat(file.format()).isEqualTo("Keras zip");
      assertThat(file.entry(KERNEL).toFloats()).containsExactly(MatFixture.ramp(90));
      assertThat(file.metadata()).containsEntry("config.json", "{\"class_name\": \"Functional\"}");
    }
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("weights"), content);
  }

  /**
   * Shapes and values that jHDF 0.9.4 gives: the first element, the last, and the sum of each
   * element times its place counted from one, in row-major order.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dncnn_sigma25_keras.h5 | bn46/bn46/beta:0 | 64 | -0.11528578 -0.049899418 -122.50210218806751
          dncnn_sigma25_keras.h5 | bn46/bn46/gamma:0 | 64 | 0.5961741 0.15753888 1435.2334770978778
          dncnn_sigma25_keras.h5 | bn46/bn46/moving_mean:0 | 64 | -4.79432 -8.910846 -5073.532179176807
          dncnn_sigma25_keras.h5 | bn46/bn46/moving_variance:0 | 64 | 106.60742 58.734383 426450.35067653656
          dncnn_sigma25_keras.h5 | conv1/conv1/bias:0 | 64 | 0.37219575 0.335726 158.33147164061666
          dncnn_sigma25_keras.h5 | conv1/conv1/kernel:0 | 3 3 1 64 | -0.27394193 0.042337555 -2932.7223203278263
          dncnn_sigma25_keras.h5 | conv21/conv21/kernel:0 | 3 3 64 64 | 0.12238507 0.17881954 -4054834.6776017044
          dncnn_sigma25_keras.h5 | conv48/conv48/kernel:0 | 3 3 64 1 | 0.039770328 0.019898407 57.66351023231982
          keras3_mnist_cnn.weights.h5 | layers/conv2d/vars/0 | 3 3 1 8 | 0.3238065 -0.12807015 20.007954041473567
          keras3_mnist_cnn.weights.h5 | layers/conv2d/vars/1 | 8 | -0.002430168 -0.19661006 -2.7828664863482118
          keras3_mnist_cnn.weights.h5 | layers/dense/vars/0 | 1352 16 | 0.08971371 -0.054113805 2780647.914505019
          keras3_mnist_cnn.weights.h5 | layers/dense/vars/1 | 16 | 0.04006647 0.10058213 6.100525954621844
          keras3_mnist_cnn.weights.h5 | layers/dense_1/vars/0 | 16 10 | 0.35035256 0.25575384 -781.8780421768315
          keras3_mnist_cnn.weights.h5 | layers/dense_1/vars/1 | 10 | -0.031837672 -0.14028358 -0.6689581759274006
          """)
  void readsWhatJhdfReads(String path, String tensor, String shape, String values)
      throws IOException {
    try (TensorFile file = WeightFiles.open(SharedData.require("formats/keras-h5/" + path))) {
      assertThat(file.format()).isEqualTo("HDF5");
      TensorEntry entry = file.entry(tensor);
      assertThat(entry.dtype()).hasToString("float32");
      assertThat(entry.shape().toArray())
          .containsExactly(Arrays.stream(shape.split(" ")).mapToInt(Integer::parseInt).toArray());
      float[] read = entry.toFloats();
      double[] expected =
          Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
      double sum = 0;
      double magnitude = 0;
      for (int i = 0; i < read.length; i++) {
        sum += (i + 1.0) * read[i];
        magnitude += Math.abs((i + 1.0) * read[i]);
      }
      assertThat(read[0]).isEqualTo((float) expected[0]);
      assertThat(read[read.length - 1]).isEqualTo((float) expected[1]);
      // Sums in double, of numbers that are the same, in the same order.
      assertThat(sum).isCloseTo(expected[2], within(1e-12 * magnitude));
    }
  }

  @Test
  void keepsTextAttributesAndMapsContiguousDatasets() throws IOException {
    Path path = SharedData.require("formats/keras-h5/dncnn_sigma25_keras.h5");
    try (TensorFile file = WeightFiles.open(path)) {
      assertThat(file.metadata())
          .containsEntry("conv1@weight_names", "conv1/kernel:0\nconv1/bias:0");
      assertThat(file.metadata().getOrDefault("@layer_names", "").lines())
          .contains("conv1", "bn4", "conv48");
      TensorEntry kernel = file.entry("conv1/conv1/kernel:0");
      assertThat(kernel.bytes().isReadOnly()).isTrue();
    }
  }

  @Test
  void survivesDamage() throws IOException {
    DamageCheck check = new DamageCheck(Hdf5::read);
    check.survives(Hdf5Fixture.keras(), 1);
    check.refusesEveryCut(Hdf5Fixture.keras());
    check.survives(Hdf5Fixture.matlab(), 2);
    check.refusesEveryCut(Hdf5Fixture.matlab());
    check.survives(Hdf5Fixture.checksummed(), 6);
    check.refusesEveryCut(Hdf5Fixture.checksummed());
    DamageCheck archives = new DamageCheck(KerasArchive::read);
    archives.survives(archive(ZipEntry.STORED, Hdf5Fixture.keras()), 3);
    archives.survives(archive(ZipEntry.DEFLATED, Hdf5Fixture.keras()), 4);
  }

  @Test
  void survivesDamageToAPublishedFile() throws IOException {
    Path path = SharedData.require("formats/keras-h5/keras3_mnist_cnn.weights.h5");
    new DamageCheck(Hdf5::read).survives(Files.readAllBytes(path), 5);
  }

  @Tag("slow")
  @Test
  void survivesDamageToALargerPublishedFile() throws IOException {
    Path path = SharedData.require("formats/keras-h5/dncnn_sigma25_keras.h5");
    DamageCheck check = new DamageCheck(Hdf5::read);
    check.survives(Files.readAllBytes(path), 7);
    check.refusesEveryCut(Files.readAllBytes(path));
  }

  @Test
  void refusesADatasetMuchLargerThanTheFile() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    int[] lengths = {2048, 2048};
    long zeros =
        hdf5.deflated(
            Hdf5Fixture.float32(ByteOrder.LITTLE_ENDIAN), lengths, lengths, new byte[4 << 22]);
    byte[] file = hdf5.toBytes(hdf5.group(Map.of("zeros", zeros)), new byte[0]);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("HDF5, byte ")
        .withMessageContaining("more than are allowed for a file of " + file.length);
  }

  @Test
  void namesAttributesInOneLine() {
    Hdf5Fixture hdf5 = new Hdf5Fixture();
    byte[] attribute = Hdf5Fixture.text("a\nb", "text");
    int sizeOfTexts = 28;
    ByteBuffer.wrap(attribute).order(ByteOrder.LITTLE_ENDIAN).putInt(sizeOfTexts, 1 << 30);
    byte[] file = hdf5.toBytes(hdf5.group(Map.of(), attribute), new byte[0]);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(file))
        .withMessageEndingWith("attribute 'a?b' of 1 texts of 1073741824 bytes");
  }

  @Test
  void refusesAFileCutShort() {
    byte[] whole = Hdf5Fixture.keras();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 1)))
        .withMessage(
            "net.h5: HDF5, byte 40: the file is cut short: its superblock says %d bytes, it has %d",
            whole.length, whole.length - 1);
  }
}
