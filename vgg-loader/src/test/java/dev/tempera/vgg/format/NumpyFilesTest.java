package dev.tempera.vgg.format;

import static dev.tempera.vgg.format.NumpyFixture.array;
import static dev.tempera.vgg.format.NumpyFixture.bytes;
import static dev.tempera.vgg.format.NumpyFixture.floats;
import static dev.tempera.vgg.format.NumpyFixture.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.DType;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.testkit.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in NumPy's files: arrays, archives of arrays, and pickled dicts of arrays. */
@Timeout(120)
class NumpyFilesTest {
  @TempDir Path folder;

  private final DamageCheck check = new DamageCheck(WeightFiles::read);

  private TensorFile open(byte[] content) throws IOException {
    return WeightFiles.open(Files.write(folder.resolve("w.npy"), content));
  }

  static byte[] archive(int method) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("conv1_1.weight.npy", NumpyFixture.npy("<f4", "2, 1", floats(1, -2)));
    members.put("bias.npy", NumpyFixture.npy(">f4", "1,", new byte[] {0x3F, (byte) 0x80, 0, 0}));
    members.put("README", new byte[] {'x'});
    return TorchFixture.zip(method, members);
  }

  private static byte[] objectWith(PickleWriter pickle) {
    return NumpyFixture.npyOfObject(pickle);
  }

  @Test
  void readsADictOfArrays() throws IOException {
    try (TensorFile file = open(NumpyFixture.sample())) {
      assertThat(file.format()).isEqualTo("npy of Python objects");
      assertThat(file.entries().keySet())
          .containsExactly("conv1_1/0", "conv1_1/1", "conv2/weights", "conv2/steps");
      assertThat(file.entry("conv1_1/0").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(file.entry("conv1_1/0").bytes().isReadOnly()).isTrue();
      assertThat(file.entry("conv1_1/1").dtype()).isEqualTo(DType.FLOAT64);
      assertThat(file.entry("conv1_1/1").toFloats()).containsExactly(3);
      TensorEntry fortran = file.entry("conv2/weights");
      assertThat(fortran.strides()).containsExactly(1, 2);
      assertThat(fortran.toFloats()).containsExactly(0, 2, 4, 1, 3, 5);
      assertThat(file.entry("conv2/steps").toFloats()).containsExactly(263);
      assertThat(file.metadata()).containsEntry("epoch", "20");
    }
  }

  /** Python 3 writes bytes for Python 2 as text and asks for it to be encoded. */
  @Test
  void readsElementsThatAreEncodedText() throws IOException {
    PickleWriter pickle = state(array(NumpyFixture.startObject()), "u1", "|", false, 2);
    pickle.global("_codecs", "encode").text("\u00ff\u0001").text("latin1").raw(0x86).reduce();
    try (TensorFile file = open(objectWith(pickle.tuple().build()))) {
      assertThat(file.entry("tensor").toFloats()).containsExactly(255, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void readsAnArchive(int method) throws IOException {
    try (TensorFile file = open(archive(method))) {
      assertThat(file.format()).isEqualTo("npz");
      assertThat(file.entries().keySet()).containsExactly("conv1_1.weight", "bias");
      assertThat(file.entry("conv1_1.weight").toFloats()).containsExactly(1, -2);
      assertThat(file.entry("bias").toFloats()).containsExactly(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "numpy, load",
    "numpy.core.multiarray, fromstring",
    "numpy.core.numeric, _frombuffer",
    "builtins, eval",
  })
  void refersToNothingElse(String module, String name) {
    byte[] file =
        objectWith(NumpyFixture.startObject().global(module, name).text("x").raw(0x85).reduce());
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> open(file))
        .withMessageContaining("npy of Python objects, byte ")
        .withMessageContaining("refers to '" + module + "." + name + "'")
        .withMessageEndingWith("save the arrays with numpy.savez('weights.npz', **arrays)");
  }

  @Test
  void refusesElementsThatDoNotFit() {
    PickleWriter few =
        bytes(state(array(NumpyFixture.startObject()), "f4", "<", false, 2), new byte[4]);
    PickleWriter huge =
        bytes(
            state(array(NumpyFixture.startObject()), "f4", "<", false, 1L << 30, 1L << 30),
            new byte[4]);
    PickleWriter structure =
        bytes(state(array(NumpyFixture.startObject()), "V12", "|", false, 1), new byte[12]);
    PickleWriter empty = array(NumpyFixture.startObject());
    assertRefused(few.tuple().build(), "float32[2] takes 8 bytes, 4 are there");
    assertRefused(huge.tuple().build(), "is larger than any memory");
    assertRefused(structure.tuple().build(), "element type '|V12' is not one of numbers");
    assertRefused(empty, "the array has no elements");
  }

  private void assertRefused(PickleWriter pickle, String problem) {
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> open(objectWith(pickle)))
        .withMessageContaining(problem);
  }

  /** One text that many arrays share would otherwise be copied for each of them. */
  @Test
  void boundsElementsThatAreText() {
    String text = "x".repeat(4000);
    PickleWriter pickle = NumpyFixture.startObject().emptyList().mark().text(text).put(9);
    for (int i = 0; i < 100; i++) {
      state(array(pickle), "u1", "|", false, 4000).get(9).tuple().build();
    }
    assertRefused(pickle.appends(), "more elements kept as text than the file has bytes");
  }

  @Test
  void survivesDamage() throws IOException {
    byte[] objects = NumpyFixture.sample();
    check.survives(objects, 1);
    check.refusesEveryCut(objects);
    check.survives(NumpyFixture.npy("<f4", "2, 3", floats(0, 1, 2, 3, 4, 5)), 2);
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      check.survives(archive(method), 3);
      check.refusesEveryCut(archive(method));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "formats/mtcnn/npy/det1.npy",
        "formats/npz/candle_test.npz",
        "formats/npz/djl_list.npz",
        "formats/npz/djl_fp16.npy",
      })
  void survivesDamageOfPublishedFiles(String path) throws IOException {
    check.survives(Files.readAllBytes(SharedData.require(path)), 4);
  }

  /**
   * The same net for two libraries: kernels are (kH, kW, Cin, Cout) here and (Cout, Cin, kW, kH)
   * there.
   */
  @Test
  void mtcnnIsThePyTorchNetTransposed() throws IOException {
    try (TensorFile numpy = WeightFiles.open(SharedData.require("formats/mtcnn/npy/det1.npy"));
        TensorFile torch = WeightFiles.open(SharedData.require("formats/mtcnn/torch/pnet.pt"))) {
      float[] here = numpy.entry("conv2/weights").toFloats();
      float[] there = torch.entry("conv2.weight").toFloats();
      assertThat(numpy.entry("conv2/weights").shape().toArray()).containsExactly(3, 3, 10, 16);
      for (int h = 0; h < 3; h++) {
        for (int w = 0; w < 3; w++) {
          for (int in = 0; in < 10; in++) {
            for (int out = 0; out < 16; out++) {
              assertThat(here[((h * 3 + w) * 10 + in) * 16 + out])
                  .isEqualTo(there[((out * 10 + in) * 3 + w) * 3 + h]);
            }
          }
        }
      }
    }
  }

  @Test
  void takesByteStringsAsKeys() throws IOException {
    byte[] python2 = "conv".getBytes(StandardCharsets.ISO_8859_1);
    PickleWriter pickle = NumpyFixture.startObject().emptyDict().mark().raw('U', 4).bytes(python2);
    bytes(state(array(pickle), "f4", "<", false, 1), floats(5)).tuple().build().setItems();
    try (TensorFile file = open(objectWith(pickle))) {
      assertThat(file.entry("conv").toFloats()).containsExactly(5);
    }
  }
}
