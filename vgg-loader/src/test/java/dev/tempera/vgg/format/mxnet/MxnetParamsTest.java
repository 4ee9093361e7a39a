package dev.tempera.vgg.format.mxnet;

import static dev.tempera.vgg.format.mxnet.MxnetFixture.V2;
import static dev.tempera.vgg.format.mxnet.MxnetFixture.V3;
import static dev.tempera.vgg.format.mxnet.MxnetFixture.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.format.DamageCheck;
import dev.tempera.vgg.format.WeightFiles;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MXNet lists of every version, and lists that are not as they should be. */
@Timeout(120)
class MxnetParamsTest {
  private static final byte[] NOTHING = {};

  private static TensorFile read(byte[] content) throws TensorFileException {
    return WeightFiles.read(MappedFile.of(Path.of("net.params"), content));
  }

  private static void assertRefused(MxnetFixture list, String problem) {
    byte[] content = list.build();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(content))
        .withMessageStartingWith("net.params: MXNet, ")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.byteOffset()).isBetween(0L, (long) content.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {MxnetFixture.LEGACY, MxnetFixture.V1, V2, V3})
  void readsEveryVersion(int version) throws IOException {
    byte[] content = MxnetFixture.sample(version);
    try (TensorFile file = read(content)) {
      assertThat(file.format()).isEqualTo("MXNet");
      assertThat(file.entries().keySet()).containsExactly("arg:conv1_1_weight", "aux:mean");
      assertThat(file.entry("arg:conv1_1_weight").shape()).isEqualTo(Shape.of(2, 3));
      assertThat(file.entry("arg:conv1_1_weight").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.entry("aux:mean").toFloats()).containsExactly(-1, 0.5f);
    }
    DamageCheck check = new DamageCheck(MxnetParams::read);
    check.refusesEveryCut(content);
    check.survives(content, version);
  }

  @ParameterizedTest
  @CsvSource({
    "0, FLOAT32",
    "1, FLOAT64",
    "2, FLOAT16",
    "3, UINT8",
    "4, INT32",
    "5, INT8",
    "6, INT64",
    "7, BOOL",
    "8, INT16",
    "12, BFLOAT16",
  })
  void readsElementTypes(int flag, DType dtype) throws IOException {
    byte[] elements = new byte[dtype.byteSize()];
    elements[0] = 1;
    byte[] content =
        new MxnetFixture().list(1).array(V2, flag, new long[] {1}, elements).names("x").build();
    try (TensorFile file = read(content)) {
      assertThat(file.entry("x").dtype()).isEqualTo(dtype);
      assertThat(file.entry("x").bytes().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(elements);
    }
  }

  @Test
  void readsScalarsEmptyArraysAndListsWithoutNames() throws IOException {
    byte[] content =
        new MxnetFixture()
            .list(3)
            .array(V3, 0, new long[] {}, floats(7))
            .int32(V3)
            .int32(0)
            .int32(-1)
            .int32(V2)
            .int32(0)
            .int32(0)
            .names()
            .build();
    try (TensorFile file = read(content)) {
      assertThat(file.entries().keySet()).containsExactly("0", "1", "2");
      assertThat(file.entry("0").shape()).isEqualTo(Shape.scalar());
      assertThat(file.entry("0").toFloats()).containsExactly(7);
      assertThat(file.entry("1").shape()).isEqualTo(Shape.of(0));
      assertThat(file.entry("2").shape()).isEqualTo(Shape.of(0));
    }
  }

  @Test
  void refusesWhatItCannotRead() {
    assertRefused(
        new MxnetFixture().list(1).int32(V2).int32(1),
        "tensor 'number 0', byte 28: storage type 1 is sparse or unknown; only dense is read");
    assertRefused(
        new MxnetFixture().list(1).array(V2, 11, new long[] {1}, new byte[8]).names("x"),
        "no element type has the number 11");
    assertRefused(
        new MxnetFixture().list(1).array(V2, 0, new long[] {1, 1}, floats(1)).names("a", "b"),
        "2 names for 1 arrays");
    assertRefused(
        new MxnetFixture()
            .list(2)
            .array(V2, 0, new long[] {1}, floats(1))
            .array(V2, 0, new long[] {1}, floats(1))
            .names("a", "a"),
        "two tensors of this name");
  }

  @Test
  void believesNoNumber() {
    assertRefused(new MxnetFixture().list(-1), "18446744073709551615 arrays");
    assertRefused(new MxnetFixture().list(1 << 20), "1048576 arrays, and 4096 are the most");
    assertRefused(new MxnetFixture().list(1), "takes 4 bytes, 0 are left");
    assertRefused(new MxnetFixture().list(1).int32(65), "no array has 65 axes");
    assertRefused(new MxnetFixture().list(1).int32(-1), "no array has -1 axes");
    assertRefused(
        new MxnetFixture().list(1).array(V2, 0, new long[] {-1}, NOTHING),
        "no axis can have the length -1");
    long most = Integer.MAX_VALUE;
    assertRefused(
        new MxnetFixture().list(1).array(V2, 0, new long[] {most, most, most}, NOTHING),
        "larger than any memory");
    assertRefused(
        new MxnetFixture().list(1).array(V2, 0, new long[] {1 << 20}, NOTHING),
        "float32[1048576] takes 4194304 bytes, 0 are left");
    assertRefused(
        new MxnetFixture().list(1).array(V2, 0, new long[] {1}, floats(1)).int64(1).int64(1L << 40),
        "no name has 1099511627776 bytes");
  }

  @Test
  void publishedNetsSurviveDamage() throws IOException {
    Path net = SharedData.require("formats/mtcnn/mxnet/det1-0001.params");
    byte[] content = Files.readAllBytes(net);
    DamageCheck check = new DamageCheck(MxnetParams::read);
    check.refusesEveryCut(content);
    check.survives(content, 21);
  }
}
