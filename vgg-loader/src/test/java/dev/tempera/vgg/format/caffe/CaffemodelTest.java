package dev.tempera.vgg.format.caffe;

import static dev.tempera.vgg.format.caffe.CaffeFixture.BIAS;
import static dev.tempera.vgg.format.caffe.CaffeFixture.WEIGHT;
import static dev.tempera.vgg.format.caffe.CaffeFixture.blob;
import static dev.tempera.vgg.format.caffe.CaffeFixture.layer;
import static dev.tempera.vgg.format.protobuf.ProtobufWriter.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
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

/** Caffe nets of all generations, and nets that are not as they should be. */
@Timeout(120)
class CaffemodelTest {
  private static final String WEIGHT_OF_C = "tensor 'c/0', byte ";

  private static TensorFile read(byte[] content) throws TensorFileException {
    return WeightFiles.read(MappedFile.of(Path.of("net.caffemodel"), content));
  }

  private static void assertRefused(ProtobufWriter net, String problem) {
    byte[] content = net.build();
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> Caffemodel.read(MappedFile.of(Path.of("n"), content)))
        .withMessageStartingWith("n: Caffe, ")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.byteOffset()).isBetween(0L, (long) content.length));
  }

  private static ProtobufWriter net(ProtobufWriter... blobs) {
    return new ProtobufWriter().message(100, layer("c", "Convolution", blobs));
  }

  @Test
  void everyGenerationGivesTheSameNet() throws IOException {
    for (byte[] content :
        new byte[][] {CaffeFixture.latest(), CaffeFixture.second(), CaffeFixture.first()}) {
      try (TensorFile file = read(content)) {
        assertThat(file.format()).isEqualTo("Caffe");
        assertThat(file.entries().keySet())
            .containsExactly("conv1_1/0", "conv1_1/1", "fc6/0", "fc6/1");
        assertThat(file.entry("conv1_1/0").shape()).isEqualTo(Shape.of(2, 1, 2, 2));
        assertThat(file.entry("conv1_1/0").toFloats()).containsExactly(WEIGHT);
        assertThat(file.entry("conv1_1/1").shape()).isEqualTo(Shape.of(2));
        assertThat(file.entry("conv1_1/1").toFloats()).containsExactly(BIAS);
        assertThat(file.entry("fc6/0").shape()).isEqualTo(Shape.of(2, 4));
        assertThat(file.metadata())
            .containsExactlyInAnyOrderEntriesOf(
                Map.of(
                    "name", "net",
                    "conv1_1@type", "Convolution",
                    "relu1_1@type", "ReLU",
                    "fc6@type", "InnerProduct"));
      }
    }
  }

  @Test
  void packedFloatsLieInTheFile() throws IOException {
    byte[] content = CaffeFixture.latest();
    MappedFile mapped = MappedFile.of(Path.of("n"), content);
    try (TensorFile file = Caffemodel.read(mapped)) {
      TensorEntry weight = file.entry("conv1_1/0");
      long start = mapped.as("n").segment().address();
      assertThat(weight.bytes().address()).isEqualTo(start + weight.byteOffset());
    }
  }

  @Test
  void floatsMayComeOneByOneOrInPieces() throws IOException {
    ProtobufWriter single = new ProtobufWriter().varint(1, 3);
    for (int i = 2; i <= 4; i++) {
      single.varint(i, 1);
    }
    for (float value : new float[] {3, 1, 2}) {
      single.fixed32(5, value);
    }
    ProtobufWriter pieces = blob(packed(3f), 3).bytes(5, packed(1f, 2f));
    ProtobufWriter doubles =
        new ProtobufWriter()
            .message(7, new ProtobufWriter().varint(1, 3))
            .bytes(8, packed(3.0, 1.0, 2.0));
    try (TensorFile file = read(net(single, pieces, doubles).build())) {
      assertThat(file.entry("c/0").shape()).isEqualTo(Shape.of(3, 1, 1, 1));
      for (TensorEntry entry : file.entries().values()) {
        assertThat(entry.toFloats()).containsExactly(3, 1, 2);
      }
      assertThat(file.entry("c/2").dtype()).isEqualTo(DType.FLOAT64);
    }
  }

  @Test
  void refusesBlobsThatContradictThemselves() {
    assertRefused(net(blob(packed(WEIGHT), 3, 3)), WEIGHT_OF_C);
    assertRefused(net(blob(packed(WEIGHT), 3, 3)), "shape [3, 3] has not the 8 elements");
    assertRefused(net(blob(new byte[6], 1)), "6 bytes of numbers that take 4 bytes each");
    assertRefused(net(blob(packed(1f), -1)), "no axis can have the length -1");
    assertRefused(
        net(blob(packed(1f), Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)),
        "larger than any memory");
    assertRefused(net(blob(packed(1f), new long[65])), "65 axes, and 64 are the most");
    assertRefused(
        new ProtobufWriter().message(100, new ProtobufWriter().message(7, blob(packed(1f), 1))),
        "a layer with weights has no name");
    assertRefused(
        net(blob(packed(1f), 1)).message(100, layer("c", "Convolution", blob(packed(1f), 1))),
        "two tensors of this name");
    assertRefused(new ProtobufWriter().text(1, "net"), "the net has no layers");
  }

  @Test
  void refusesWhatIsNoMessage() {
    assertRefused(new ProtobufWriter().tag(100, 3), "the unknown wire type 3");
    assertRefused(new ProtobufWriter().tag(0, 2), "a field cannot have the tag 2");
    assertRefused(new ProtobufWriter().rawVarint(1L << 40), "cannot have the tag 1099511627776");
    assertRefused(
        new ProtobufWriter().tag(100, 2).rawVarint(1L << 40),
        "field 100 takes 1099511627776 bytes, 0 are left");
    assertRefused(
        new ProtobufWriter().tag(100, 2).rawVarint(-1), "takes 18446744073709551615 bytes");
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0xFF);
    assertRefused(new ProtobufWriter().raw(endless), "a varint is longer than 10 bytes");
  }

  @Test
  void namesTheTensorThatACutFileLacks() {
    byte[] whole = CaffeFixture.latest();
    byte[] head = Arrays.copyOf(whole, whole.length - 40);
    assertThatExceptionOfType(TensorFileException.class)
        .isThrownBy(() -> read(head))
        .withMessageContaining("Caffe, tensor 'fc6/0', byte ")
        .withMessageContaining(
            "the file is cut short or damaged: field 7 takes 40 bytes, 19 are left");
  }

  @Test
  void boundsTheNumberOfTensors() {
    int unknownField = 15;
    ProtobufWriter net = new ProtobufWriter().bytes(unknownField, new byte[4 << 20]);
    for (int i = 0; i <= 1 << 12; i++) {
      net.message(100, layer("c" + i, "Scale", blob(packed(1f), 1)));
    }
    assertRefused(net, "there are more than 4096 tensors");
  }

  @Test
  void survivesDamage() throws IOException {
    DamageCheck check = new DamageCheck(Caffemodel::read);
    check.survives(CaffeFixture.latest(), 11);
    check.survives(CaffeFixture.second(), 12);
    check.survives(CaffeFixture.first(), 13);
  }

  @Test
  void publishedNetsSurviveDamage() throws IOException {
    Path net = SharedData.require("formats/mtcnn/caffe/det1.caffemodel");
    new DamageCheck(Caffemodel::read).survives(Files.readAllBytes(net), 14);
  }
}
