package dev.tempera.vgg.format.caffe;

import static dev.tempera.vgg.format.protobuf.ProtobufWriter.packed;

import dev.tempera.vgg.format.protobuf.ProtobufWriter;

/**
 * Builds Caffe nets of each generation for tests: a convolution, a ReLU, a fully connected layer.
 */
final class CaffeFixture {
  static final float[] WEIGHT = {1, 2, 3, 4, 5, 6, 7, 8};
  static final float[] BIAS = {-1, 0.5f};

  private CaffeFixture() {}

  /** A blob under a shape. */
  static ProtobufWriter blob(byte[] packedFloats, long... shape) {
    return new ProtobufWriter()
        .bytes(5, packedFloats)
        .message(7, new ProtobufWriter().bytes(1, packed(shape)));
  }

  /** A blob under the four lengths that came before shapes. */
  static ProtobufWriter legacyBlob(byte[] packedFloats, long... lengths) {
    ProtobufWriter blob = new ProtobufWriter();
    for (int axis = 0; axis < lengths.length; axis++) {
      blob.varint(axis + 1, lengths[axis]);
    }
    return blob.bytes(5, packedFloats);
  }

  /** A layer of the latest generation. */
  static ProtobufWriter layer(String name, String type, ProtobufWriter... blobs) {
    ProtobufWriter layer = new ProtobufWriter().text(1, name).text(2, type).text(3, "data");
    for (ProtobufWriter blob : blobs) {
      layer.message(7, blob);
    }
    return layer.varint(10, 0);
  }

  /** A net of the latest generation. */
  static byte[] latest() {
    return new ProtobufWriter()
        .text(1, "net")
        .message(
            100,
            layer(
                "conv1_1", "Convolution", blob(packed(WEIGHT), 2, 1, 2, 2), blob(packed(BIAS), 2)))
        .message(100, layer("relu1_1", "ReLU"))
        .message(
            100, layer("fc6", "InnerProduct", blob(packed(WEIGHT), 2, 4), blob(packed(BIAS), 2)))
        .build();
  }

  /** The same net as Caffe wrote it when kinds of layers were numbers and blobs had four axes. */
  static byte[] second() {
    return new ProtobufWriter()
        .text(1, "net")
        .message(2, secondLayer("conv1_1", 4, new long[] {2, 1, 2, 2}))
        .message(2, new ProtobufWriter().text(2, "a").text(3, "a").text(4, "relu1_1").varint(5, 18))
        .message(2, secondLayer("fc6", 14, new long[] {1, 1, 2, 4}))
        .build();
  }

  private static ProtobufWriter secondLayer(String name, long type, long[] weightLengths) {
    return new ProtobufWriter()
        .text(2, "data")
        .text(3, name)
        .text(4, name)
        .varint(5, type)
        .message(6, legacyBlob(packed(WEIGHT), weightLengths))
        .message(6, legacyBlob(packed(BIAS), 1, 1, 1, 2));
  }

  /** The same net as the first Caffe wrote it: a layer within a layer. */
  static byte[] first() {
    return new ProtobufWriter()
        .text(1, "net")
        .message(2, firstLayer("conv1_1", "conv", new long[] {2, 1, 2, 2}))
        .message(
            2,
            new ProtobufWriter()
                .message(1, new ProtobufWriter().text(1, "relu1_1").text(2, "relu")))
        .message(2, firstLayer("fc6", "innerproduct", new long[] {1, 1, 2, 4}))
        .build();
  }

  private static ProtobufWriter firstLayer(String name, String type, long[] weightLengths) {
    return new ProtobufWriter()
        .message(
            1,
            new ProtobufWriter()
                .text(1, name)
                .text(2, type)
                .varint(3, 2)
                .message(50, legacyBlob(packed(WEIGHT), weightLengths))
                .message(50, legacyBlob(packed(BIAS), 1, 1, 1, 2)))
        .text(2, "data");
  }
}
