package dev.tempera.vgg.format;

import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.tempera.io.TensorFile;
import dev.tempera.vgg.format.caffe.Caffemodel;
import dev.tempera.vgg.format.mxnet.MxnetParams;
import dev.tempera.vgg.format.onnx.Onnx;
import dev.tempera.vgg.format.protobuf.ProtobufWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nets of a megabyte that repeat, as often as fits, what takes most memory for its size. */
@Timeout(60)
class HostileProtobufTest {
  private static final int LAYER = 100;
  private static final int GRAPH = 7;
  private static final int NODE = 1;

  @ParameterizedTest
  @MethodSource({"caffe", "onnx", "mxnet"})
  void takesNoMoreMemoryThanItsSizeAllows(TensorFile.Reader reader, byte[] file) {
    new DamageCheck(reader).readOrRefuse(file);
  }

  static Stream<Arguments> caffe() {
    ProtobufWriter noElements = new ProtobufWriter().message(7, new ProtobufWriter().varint(1, 0));
    byte[] blob = new ProtobufWriter().message(7, noElements).build();
    byte[] namedLayer =
        new ProtobufWriter().message(LAYER, new ProtobufWriter().text(1, "a")).build();
    byte[] floats = RepeatedBytes.of(5 << 3 | 5, 0, 0, 0, 0);
    ProtobufWriter shape = new ProtobufWriter().varint(1, floats.length / 5);
    ProtobufWriter unpacked = new ProtobufWriter().raw(floats).message(7, shape);
    return Stream.of(
        caffe("layers", RepeatedBytes.of(0xA2, 6, 0)),
        caffe("layers with a name", RepeatedBytes.of(_ -> namedLayer)),
        caffe("names of the net", RepeatedBytes.of(0x0A, 1, 'a')),
        caffe("names of a layer", layer(RepeatedBytes.of(0x0A, 1, 'a'))),
        caffe("blobs", layer(RepeatedBytes.of(_ -> blob), "a")),
        caffe("blobs under a long name", layer(RepeatedBytes.of(_ -> blob), "a".repeat(65000))),
        caffe("floats one by one", layer(new ProtobufWriter().message(7, unpacked).build(), "a")));
  }

  private static byte[] layer(byte[] content, String... names) {
    ProtobufWriter layer = new ProtobufWriter();
    for (String name : names) {
      layer.text(1, name);
    }
    return new ProtobufWriter().message(LAYER, layer.raw(content)).build();
  }

  private static Arguments caffe(String name, byte[] file) {
    return argumentSet("Caffe: " + name, (TensorFile.Reader) Caffemodel::read, file);
  }

  static Stream<Arguments> onnx() {
    byte[] inputs = Arrays.copyOf(RepeatedBytes.of(0x0A, 0), 2048);
    byte[] manyInputs = node(new ProtobufWriter().raw(inputs));
    byte[] convolution = node(new ProtobufWriter().text(4, "Conv"));
    byte[] attributes = RepeatedBytes.of(0x2A, 2, 0x0A, 0);
    return Stream.of(
        onnx("versions of the producer", RepeatedBytes.of(0x1A, 1, 'a')),
        onnx("sets of operators", RepeatedBytes.of(0x42, 0)),
        onnx("graphs", RepeatedBytes.of(0x3A, 0)),
        onnx("nodes", graph(RepeatedBytes.of(0x0A, 0))),
        onnx("inputs", graph(RepeatedBytes.of(_ -> manyInputs))),
        onnx("attributes", graph(node(new ProtobufWriter().raw(attributes)))),
        onnx("convolutions", graph(RepeatedBytes.of(_ -> convolution))),
        onnx("tensors", graph(RepeatedBytes.of(HostileProtobufTest::emptyTensor))));
  }

  private static byte[] node(ProtobufWriter content) {
    return new ProtobufWriter().message(NODE, content).build();
  }

  private static byte[] graph(byte[] content) {
    return new ProtobufWriter().message(GRAPH, new ProtobufWriter().raw(content)).build();
  }

  private static byte[] emptyTensor(int number) {
    ProtobufWriter tensor = new ProtobufWriter().varint(1, 0).varint(2, 1);
    return new ProtobufWriter().message(5, tensor.text(8, RepeatedBytes.name(number))).build();
  }

  private static Arguments onnx(String name, byte[] content) {
    byte[] file = new ProtobufWriter().varint(1, 8).raw(content).build();
    return argumentSet("ONNX: " + name, (TensorFile.Reader) Onnx::read, file);
  }

  static Stream<Arguments> mxnet() {
    int count = 4096;
    ByteBuffer file = ByteBuffer.allocate(32 + 20 * count).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(0x112).putLong(0).putLong(count);
    for (int i = 0; i < count; i++) {
      file.putInt(1).putInt(0).putLong(1).putInt(0);
    }
    return Stream.of(
        argumentSet("MXNet: arrays", (TensorFile.Reader) MxnetParams::read, file.array()));
  }
}
