package dev.tempera.bench.weights;

import java.util.ArrayList;
import java.util.List;

/** Gluon's {@code .params}: arrays of version 2 and then their names. */
final class MxnetVgg19 {
  private static final long LIST = 0x112;
  private static final int ARRAY_VERSION_2 = 0xF993_FAC9;

  private MxnetVgg19() {}

  static Content file(List<Vgg19.Layer> layers) {
    List<Content> parts = new ArrayList<>();
    parts.add(new LittleEndian().int64(LIST, 0, 2L * layers.size()).toContent());
    LittleEndian names = new LittleEndian().int64(2L * layers.size());
    for (Vgg19.Layer layer : layers) {
      String name = "vgg0_" + (layer.isConvolution() ? "conv" : "dense") + layer.number();
      parts.add(array(layer.weights(), layer.weightShape()));
      parts.add(array(layer.outputs(), layer.outputs()));
      for (String ending : List.of("_weight", "_bias")) {
        names.int64((name + ending).length()).text(name + ending);
      }
    }
    parts.add(names.toContent());
    return Content.join(parts);
  }

  private static Content array(long count, long... shape) {
    LittleEndian head = new LittleEndian().int32(ARRAY_VERSION_2, 0, shape.length).int64(shape);
    return Content.join(head.int32(1, 0, 0).toContent(), Content.floats(count));
  }
}
