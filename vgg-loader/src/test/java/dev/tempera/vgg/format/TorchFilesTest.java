package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.DType;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PyTorch files may hold, in forms that are rare among published ones. */
class TorchFilesTest {
  @TempDir Path folder;

  private TensorFile open(byte[] content) throws IOException {
    return WeightFiles.open(Files.write(folder.resolve("w.pth"), content));
  }

  private static void checkSample(TensorFile file) throws IOException {
    assertThat(file.entries().keySet())
        .containsExactly("model.conv1.weight", "model.conv1.transposed", "model.conv1.steps");
    assertThat(file.metadata()).containsEntry("epoch", "20");
    TensorEntry weight = file.entry("model.conv1.weight");
    assertThat(weight.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(weight.shape().toArray()).containsExactly(2, 3, 2);
    assertThat(weight.toFloats())
        .containsExactly(0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, 2.75f);
    assertThat(file.entry("model.conv1.transposed").toFloats())
        .containsExactly(3, 3.75f, 4.5f, 5.25f, 3.25f, 4, 4.75f, 5.5f, 3.5f, 4.25f, 5, 5.75f);
    assertThat(file.entry("model.conv1.steps").toFloats()).containsExactly(3752);
  }

  @Test
  void readsBothForms() throws IOException {
    try (TensorFile file = open(TorchFixture.sample().zip())) {
      checkSample(file);
    }
    try (TensorFile file = open(TorchFixture.sample().legacy())) {
      checkSample(file);
    }
  }

  @Test
  void inflatesDeflatedEntries() throws IOException {
    try (TensorFile file = open(TorchFixture.sample().zip(ZipEntry.DEFLATED, "little"))) {
      checkSample(file);
      long apart =
          file.entry("model.conv1.transposed").bytes().address()
              - file.entry("model.conv1.weight").bytes().address();
      assertThat(apart).isEqualTo(12 * Float.BYTES);
    }
  }

  @Test
  void turnsBigEndianElementsRound() throws IOException {
    ByteBuffer floats = ByteBuffer.allocate(12).order(ByteOrder.BIG_ENDIAN);
    floats.putFloat(1).putFloat(-2.5f).putFloat(3);
    byte[] pickle =
        new PickleWriter()
            .tensor()
            .storage("FloatStorage", "0", 3)
            .endTensor(1, new long[] {2}, new long[] {1})
            .stop();
    TorchFixture fixture = new TorchFixture(pickle).storage("0", 3, floats.array());
    try (TensorFile file = open(fixture.zip(ZipEntry.STORED, "big"))) {
      assertThat(file.entry("tensor").toFloats()).containsExactly(-2.5f, 3);
    }
  }

  /** Python 2 gives an OrderedDict its items as lists, and names in byte strings. */
  @Test
  void readsWhatPython2Wrote() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .global("collections", "OrderedDict")
            .emptyList()
            .mark()
            .emptyList()
            .mark()
            .raw('U', 4, 'b', 'i', 'a', 's')
            .tensor()
            .storage("ByteStorage", "94203", 2)
            .endTensor(0, new long[] {2}, new long[] {1})
            .appends()
            .appends()
            .raw(0x85)
            .reduce()
            .stop();
    TorchFixture fixture = new TorchFixture(pickle).storage("94203", 2, new byte[] {5, 6});
    try (TensorFile file = open(fixture.legacy())) {
      assertThat(file.entry("bias").toFloats()).containsExactly(5, 6);
    }
  }

  /** PyTorch before 0.4 says in the persistent id which part of a storage is meant. */
  @Test
  void readsAPartOfAStorage() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .global("torch._utils", "_rebuild_tensor")
            .mark()
            .mark()
            .text("storage")
            .global("torch.cuda", "CharStorage")
            .text("1")
            .text("cuda:0")
            .integer(6)
            .mark()
            .text("2")
            .integer(2)
            .integer(3)
            .tuple()
            .tuple()
            .persistentId()
            .integer(1)
            .integers(2)
            .integers(1)
            .tuple()
            .reduce()
            .stop();
    TorchFixture fixture = new TorchFixture(pickle).storage("1", 6, new byte[] {0, 1, 2, 3, 4, 5});
    try (TensorFile file = open(fixture.legacy())) {
      assertThat(file.entry("tensor").toFloats()).containsExactly(3, 4);
    }
  }

  /** Protocol 4: frames, short texts, globals and memo slots that come from the stack, sets. */
  @Test
  void readsNewerProtocols() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .raw(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0)
            .emptyDict()
            .raw(0x94)
            .mark()
            .raw(0x8C, 1, 'w', 0x94)
            .raw(0x8C, 12)
            .bytes("torch._utils".getBytes(StandardCharsets.UTF_8))
            .raw(0x8C, 18)
            .bytes("_rebuild_tensor_v2".getBytes(StandardCharsets.UTF_8))
            .raw(0x93)
            .mark()
            .storage("HalfStorage", "0", 1)
            .endTensor(0, new long[] {1}, new long[] {1})
            .text("seen")
            .raw(0x8F)
            .mark()
            .get(1)
            .raw(0x90)
            .text("dtype")
            .global("torch", "float16")
            .setItems()
            .stop();
    byte[] half = {0, 0x3C};
    try (TensorFile file = open(new TorchFixture(pickle).storage("0", 1, half).zip())) {
      assertThat(file.entry("w").dtype()).isEqualTo(DType.FLOAT16);
      assertThat(file.entry("w").toFloats()).containsExactly(1);
      assertThat(file.metadata()).containsEntry("seen.0", "w").containsEntry("dtype", "float16");
    }
  }

  @Test
  void namesWhatHasNoTextForAKey() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .emptyDict()
            .mark()
            .integer(3)
            .emptyList()
            .mark()
            .tensor()
            .storage("BoolStorage", "0", 1)
            .endTensor(0, new long[] {}, new long[] {})
            .none()
            .appends()
            .none()
            .raw(0x88)
            .setItems()
            .stop();
    try (TensorFile file = open(new TorchFixture(pickle).storage("0", 1, new byte[] {1}).zip())) {
      assertThat(file.entry("3.0").dtype()).isEqualTo(DType.BOOL);
      assertThat(file.entry("3.0").toFloats()).containsExactly(1);
      assertThat(file.metadata()).containsEntry("3.1", "None").containsEntry("None", "true");
    }
  }
}
