package dev.tempera.bench.weights;

import static dev.tempera.bench.weights.Protobuf.message;
import static dev.tempera.bench.weights.Protobuf.text;
import static dev.tempera.bench.weights.Protobuf.varint;

import java.util.ArrayList;
import java.util.List;

/** A {@code .caffemodel} in the form of VGG's own: layers of the second generation. */
final class CaffeVgg19 {
  private static final int CONVOLUTION = 4;
  private static final int INNER_PRODUCT = 14;

  private CaffeVgg19() {}

  static Content file(List<Vgg19.Layer> layers) {
    List<Content> fields = new ArrayList<>();
    fields.add(text(1, "VGG_ILSVRC_19_layers"));
    for (Vgg19.Layer layer : layers) {
      long[] shape = layer.weightShape();
      Content weights =
          layer.isConvolution()
              ? blob(shape[0], shape[1], 3, 3)
              : blob(1, 1, layer.outputs(), layer.inputs());
      fields.add(
          message(
              2,
              text(2, "data"),
              text(3, layer.name()),
              text(4, layer.name()),
              varint(5, layer.isConvolution() ? CONVOLUTION : INNER_PRODUCT),
              message(6, weights),
              message(6, blob(1, 1, 1, layer.outputs()))));
    }
    return Content.join(fields);
  }

  private static Content blob(long number, long channels, long height, long width) {
    return Content.join(
        varint(1, number),
        varint(2, channels),
        varint(3, height),
        varint(4, width),
        message(5, Content.floats(number * channels * height * width)));
  }
}
