package dev.tempera.vgg.format.onnx;

import static dev.tempera.vgg.format.onnx.OnnxFixture.model;
import static dev.tempera.vgg.format.onnx.OnnxFixture.tensor;
import static dev.tempera.vgg.format.protobuf.ProtobufWriter.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.testkit.SharedData;
import dev.tempera.vgg.format.DamageCheck;
import dev.tempera.vgg.format.WeightFiles;
import dev.tempera.vgg.format.protobuf.ProtobufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ONNX models, and models that are not as they should be. */
@Timeout(120)
class OnnxTest {

  private static TensorFile read(byte[] content) throws TensorFileException {
    return WeightFiles.read(MappedFile.of(Path.of("net.onnx"), content));
  }

  private static void assertRefused(ProtobufWriter model, String problem) {
    byte[] content = model.build();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(content))
        .withMessageStartingWith("net.onnx: ONNX, ")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.byteOffset()).isBetween(0L, (long) content.length));
  }

  @Test
  void readsInitialisersConstantsAndWhatConvolutionsUse() throws IOException {
    try (TensorFile file = read(OnnxFixture.sample())) {
      assertThat(file.format()).isEqualTo("ONNX");
      assertThat(file.entries().keySet()).containsExactlyInAnyOrder("w1", "b1", "w2", "shape");
      assertThat(file.entry("w1").shape()).isEqualTo(Shape.of(2, 1, 1, 2));
      assertThat(file.entry("w1").toFloats()).containsExactly(1, 2, 3, 4);
      assertThat(file.entry("b1").dtype()).isEqualTo(DType.FLOAT64);
      assertThat(file.entry("b1").toFloats()).containsExactly(-1, 0.5f);
      assertThat(file.entry("w2").toFloats()).containsExactly(5, 6);
      assertThat(file.entry("shape").toFloats()).containsExactly(1, -1);
      assertThat(file.metadata())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "producer", "writer 1.0",
                  "opset", "17",
                  "graph", "two_convolutions",
                  "conv@0", "w1\nb1",
                  "conv@0.kernel_shape", "1,2",
                  "conv@0.strides", "1,1",
                  "conv@0.pads", "0,1,0,1",
                  "conv@1", "w2"));
    }
  }

  @Test
  void readsEveryElementType() throws IOException {
    long half = HalfFloats.toFloat16(1.5f) & 0xFFFFL;
    long brain = HalfFloats.toBfloat16(1.5f) & 0xFFFFL;
    byte[] content =
        model(
                tensor("float", 1).bytes(4, packed(1.5f)),
                tensor("uint8", 2, 2).bytes(5, packed(255L, 1L)),
                tensor("int8", 3, 2).bytes(9, new byte[] {-1, 1}),
                tensor("int16", 5, 1).varint(5, -2),
                tensor("int32", 6, 1).varint(5, -3),
                tensor("bool", 9, 1).varint(5, 1),
                tensor("float16", 10, 1).bytes(5, packed(half)),
                tensor("bfloat16", 16, 1).bytes(5, packed(brain)),
                tensor("empty", 1, 0))
            .build();
    try (TensorFile file = read(content)) {
      assertThat(file.entry("float").shape()).isEqualTo(Shape.scalar());
      assertThat(file.entry("float").toFloats()).containsExactly(1.5f);
      assertThat(file.entry("uint8").toFloats()).containsExactly(255, 1);
      assertThat(file.entry("int8").toFloats()).containsExactly(-1, 1);
      assertThat(file.entry("int16").toFloats()).containsExactly(-2);
      assertThat(file.entry("int32").toFloats()).containsExactly(-3);
      assertThat(file.entry("bool").toFloats()).containsExactly(1);
      assertThat(file.entry("float16").toFloats()).containsExactly(1.5f);
      assertThat(file.entry("bfloat16").toFloats()).containsExactly(1.5f);
      assertThat(file.entry("empty").toFloats()).isEmpty();
    }
  }

  @Test
  void neverOpensAnotherFile() {
    ProtobufWriter location = new ProtobufWriter().text(1, "location").text(2, "/etc/passwd");
    assertRefused(
        model(tensor("w", 1, 1).message(13, location).varint(14, 1)),
        "tensor 'w', byte 6: its elements lie in another file, which is never opened; save the"
            + " model in one file with onnx.save_model(");
  }

  @Test
  void refusesTensorsThatContradictThemselves() {
    assertRefused(model(tensor("w", 1, 3).bytes(9, new byte[8])), "takes 12 bytes, 8 are there");
    assertRefused(model(tensor("w", 1, 3).bytes(4, packed(1f))), "takes 3 elements, 1 are there");
    assertRefused(model(tensor("w", 7, 3)), "int64[3] takes 3 elements, 0 are there");
    assertRefused(model(tensor("w", 8, 1)), "no element type for ONNX's data type 8");
    assertRefused(model(tensor("w", 1, -1)), "no axis can have the length -1");
    assertRefused(model(tensor("w", 1, new long[65])), "65 axes, and 64 are the most allowed");
    assertRefused(
        model(tensor("w", 1, 1).bytes(9, new byte[4]), tensor("w", 1, 1).bytes(9, new byte[4])),
        "two tensors of this name");
    assertRefused(model(tensor("w", 6, 1).bytes(5, new byte[] {(byte) 0x80})), "varint has no end");
    assertRefused(
        new ProtobufWriter().varint(1, 8).message(8, new ProtobufWriter()), "has no graph");
  }

  @Test
  void namesTheTensorThatACutFileLacks() throws IOException {
    Path model = SharedData.require("formats/onnx/super_resolution.onnx");
    byte[] head = Arrays.copyOf(Files.readAllBytes(model), 100_000);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(head))
        .withMessageContaining("ONNX, tensor 'conv2.weight', byte ")
        .withMessageContaining("the file is cut short or damaged: field 9 takes 147456 bytes, ");
  }

  @Test
  void unpacksNoMoreThanIsPlausible() {
    assertRefused(
        model(tensor("w", 7, 4 << 20).bytes(7, new byte[4 << 20])),
        "takes 33554432 bytes of memory, more than are allowed for a file of ");
  }

  @Test
  void survivesDamage() throws IOException {
    new DamageCheck(Onnx::read).survives(OnnxFixture.sample(), 31);
  }

  @Test
  void publishedModelsSurviveDamage() throws IOException {
    Path model = SharedData.require("formats/onnx/super_resolution.onnx");
    byte[] content = Files.readAllBytes(model);
    DamageCheck check = new DamageCheck(Onnx::read);
    check.refusesEveryCut(content);
    check.survives(content, 32);
  }

  /** The nodes as a walk over the file's bytes in Python lists them. */
  @Test
  void describesTheConvolutionsOfAPublishedModel() throws IOException {
    try (TensorFile file =
        WeightFiles.open(SharedData.require("formats/onnx/super_resolution.onnx"))) {
      assertThat(file.metadata())
          .containsAllEntriesOf(
              Map.of(
                  "producer", "pytorch 2.0.1",
                  "opset", "11",
                  "graph", "torch_jit",
                  "conv@0", "conv1.weight\nconv1.bias",
                  "conv@0.kernel_shape", "5,5",
                  "conv@0.pads", "2,2,2,2",
                  "conv@3", "conv4.weight\nconv4.bias"))
          .doesNotContainKey("conv@4");
    }
  }
}
