package dev.tempera.bench.onednn;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import java.util.Arrays;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;

/** How float32 numbers lie in memory. */
final class Layouts {
  private Layouts() {}

  /** Densely in an order. */
  static desc dense(Shape shape, MemoryOrder order) {
    format_tag tag =
        switch (order) {
          case CHANNELS_LAST -> format_tag.nhwc;
          case ROW_MAJOR ->
              switch (shape.rank()) {
                case 1 -> format_tag.a;
                case 2 -> format_tag.ab;
                case 4 -> format_tag.abcd;
                default -> throw new IllegalArgumentException("no layout for " + shape);
              };
        };
    return new desc(lengths(shape), data_type.f32, tag);
  }

  /** As the primitive likes it best. */
  static desc any(Shape shape) {
    return new desc(lengths(shape), data_type.f32, format_tag.any);
  }

  /** A dense row-major matrix. */
  static desc matrix(long rows, long columns) {
    return new desc(new long[] {rows, columns}, data_type.f32, format_tag.ab);
  }

  /** The transpose of a dense row-major matrix of {@code columns} rows and {@code rows} columns. */
  static desc transposed(long rows, long columns) {
    return new desc(new long[] {rows, columns}, data_type.f32, format_tag.ba);
  }

  private static long[] lengths(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().toArray();
  }
}
