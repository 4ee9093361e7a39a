package dev.tempera.bench.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** {@code vgg19.npy}: one object, a pickled dict that has for each layer a list of two arrays. */
final class NumpyVgg19 {
  private static final int FALSE = 0x89;
  private static final int TUPLE_OF_3 = 0x87;

  private NumpyVgg19() {}

  static Content file(List<Vgg19.Layer> layers) {
    List<Content> parts = new ArrayList<>();
    parts.add(header());
    Pickle start = array(new Pickle().start()).raw('(').integer(1).raw(')');
    dtype(start, "O8").raw(FALSE, ']', '(', '}', '(');
    parts.add(start.toContent());
    for (Vgg19.Layer layer : layers) {
      parts.add(new Pickle().text(layer.name()).raw(']', '(').toContent());
      parts.add(array(layer.weights(), layer.channelsLastShape()));
      parts.add(array(layer.outputs(), layer.outputs()));
      parts.add(new Pickle().raw('e').toContent());
    }
    parts.add(new Pickle().raw('u', 'e', 't', 'b', '.').toContent());
    return Content.join(parts);
  }

  private static Content header() {
    String header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }";
    header += " ".repeat(63 - (header.length() + 10) % 64) + "\n";
    LittleEndian bytes = new LittleEndian().int8(0x93).text("NUMPY").int8(1, 0);
    return bytes.int16(header.length()).text(header).toContent();
  }

  /** An empty array, whose state comes next. */
  private static Pickle array(Pickle pickle) {
    pickle.global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
    pickle.raw('(').integer(0).raw('t', 'U', 1, 'b', TUPLE_OF_3);
    return pickle.raw('R');
  }

  private static Pickle dtype(Pickle pickle, String code) {
    pickle.global("numpy", "dtype").text(code).integer(0).integer(1);
    return pickle.raw(TUPLE_OF_3, 'R');
  }

  private static Content array(long count, long... shape) {
    Pickle state = array(new Pickle()).raw('(').integer(1);
    state.integers(LongStream.of(shape));
    dtype(state, "f4").raw('(').integer(3).text("<").raw('N', 't', 'b', FALSE);
    return Content.join(
        state.byteString(Math.toIntExact(count * Float.BYTES)).toContent(),
        Content.floats(count),
        new Pickle().raw('t', 'b').toContent());
  }
}
