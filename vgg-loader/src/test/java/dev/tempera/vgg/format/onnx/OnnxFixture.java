package dev.tempera.vgg.format.onnx;

import static dev.tempera.vgg.format.protobuf.ProtobufWriter.packed;

import dev.tempera.vgg.format.protobuf.ProtobufWriter;

/** Builds ONNX models for tests. */
final class OnnxFixture {
  private OnnxFixture() {}

  /** A tensor without elements. */
  static ProtobufWriter tensor(String name, int type, long... lengths) {
    ProtobufWriter tensor = new ProtobufWriter();
    for (long length : lengths) {
      tensor.varint(1, length);
    }
    return tensor.varint(2, type).text(8, name);
  }

  /** An attribute that is a list of integers. */
  static ProtobufWriter integers(String name, long... values) {
    ProtobufWriter attribute = new ProtobufWriter().text(1, name);
    for (long value : values) {
      attribute.varint(8, value);
    }
    return attribute.varint(20, 7);
  }

  /** A model with these initialisers and no nodes. */
  static ProtobufWriter model(ProtobufWriter... initialisers) {
    ProtobufWriter graph = new ProtobufWriter();
    for (ProtobufWriter initialiser : initialisers) {
      graph.message(5, initialiser);
    }
    return new ProtobufWriter().varint(1, 8).message(7, graph);
  }

  /** A model of two convolutions, one with weights from initialisers, one from constants. */
  static byte[] sample() {
    ProtobufWriter first =
        new ProtobufWriter()
            .text(1, "picture")
            .text(1, "w1")
            .text(1, "b1")
            .text(2, "y1")
            .text(4, "Conv")
            .message(5, integers("kernel_shape", 1, 2))
            .message(5, integers("strides", 1, 1))
            .message(5, integers("pads", 0, 1, 0, 1));
    ProtobufWriter constant =
        new ProtobufWriter()
            .text(2, "w2")
            .text(4, "Constant")
            .message(
                5,
                new ProtobufWriter()
                    .text(1, "value")
                    .message(5, tensor("", 1, 1, 2, 1, 1).bytes(4, packed(5f, 6f)))
                    .varint(20, 4));
    ProtobufWriter second =
        new ProtobufWriter().text(1, "y1").text(1, "w2").text(2, "y2").text(4, "Conv");
    ProtobufWriter graph =
        new ProtobufWriter()
            .message(1, first)
            .message(1, constant)
            .message(1, second)
            .text(2, "two_convolutions")
            .message(5, tensor("w1", 1, 2, 1, 1, 2).bytes(9, packed(1f, 2f, 3f, 4f)))
            .message(5, tensor("b1", 11, 2).bytes(10, packed(-1.0, 0.5)))
            .message(5, tensor("shape", 7, 2).bytes(7, packed(1L, -1L)));
    return new ProtobufWriter()
        .varint(1, 8)
        .text(2, "writer")
        .text(3, "1.0")
        .message(7, graph)
        .message(8, new ProtobufWriter().text(1, "").varint(2, 17))
        .build();
  }
}
