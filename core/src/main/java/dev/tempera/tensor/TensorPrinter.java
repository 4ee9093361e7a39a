package dev.tempera.tensor;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Writes a tensor as NumPy writes an array: nested brackets, elements below each other, long
 * tensors cut in the middle of each axis, the type at the end, and the shape where it cannot be
 * seen.
 */
final class TensorPrinter {
  private static final String START = "tensor(";
  private static final String GAP = "...";

  private final TensorFormat format;
  private final Shape shape;
  private final boolean summarised;
  private final Shape keptShape;
  private final List<String> elements;

  private TensorPrinter(Tensor tensor, TensorFormat format) {
    this.format = format;
    this.shape = tensor.shape();
    this.summarised = shape.size() > format.threshold();
    Backend backend = tensor.backend();
    View kept = tensor.view();
    kept.storage().retain();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (isCut(axis)) {
        View ends = ends(backend, kept, axis);
        kept.storage().release();
        kept = ends;
      }
    }
    this.keptShape = kept.shape();
    try (Tensor edges = Tensor.unmanaged("print", backend, kept, null)) {
      this.elements = texts(edges, format);
    }
  }

  /** The text of a tensor. */
  static String print(Tensor tensor, TensorFormat format) {
    return new TensorPrinter(tensor, format).print(tensor.dtype());
  }

  private boolean isCut(int axis) {
    return summarised && shape.dim(axis) > 2 * format.edgeItems();
  }

  private View ends(Backend backend, View view, int axis) {
    int count = format.edgeItems();
    View first = view.slice(axis, 0, count, 1);
    View last = view.slice(axis, view.shape().dim(axis) - count, count, 1);
    return backend.concat(List.of(first, last), axis);
  }

  /** The elements in row-major order, all of the same width. */
  private static List<String> texts(Tensor edges, TensorFormat format) {
    DType dtype = edges.dtype();
    if (dtype.isFloating()) {
      double[] values = edges.toDoubles();
      RealFormat common = new RealFormat(dtype, format, values);
      return DoubleStream.of(values).mapToObj(common::format).toList();
    }
    long[] values = edges.toLongs();
    List<String> plain =
        LongStream.of(values)
            .mapToObj(
                value ->
                    dtype == DType.BOOL ? (value == 0 ? "False" : "True") : String.valueOf(value))
            .toList();
    int width = plain.stream().mapToInt(String::length).max().orElse(0);
    return plain.stream().map(text -> " ".repeat(width - text.length()) + text).toList();
  }

  private String print(DType dtype) {
    int width = format.lineWidth() - 1;
    String body = shape.size() == 0 ? "[]" : axis(0, 0, " ".repeat(START.length() + 1), width);
    String text = START + body + ",";
    boolean hidden = summarised || (shape.size() == 0 && shape.rank() > 1);
    String end = (hidden ? "shape=" + shape + ", " : "") + "dtype=" + dtype + ")";
    int lastLine = text.length() - (text.lastIndexOf('\n') + 1);
    boolean fits = lastLine + end.length() + 1 <= format.lineWidth();
    return text + (fits ? " " : "\n" + " ".repeat(START.length())) + end;
  }

  /**
   * The part of the tensor below an axis.
   *
   * @param start the index of its first element among those kept
   * @param indent what stands before its lines but the first
   * @param width how many letters its lines may have
   */
  private String axis(int axis, int start, String indent, int width) {
    if (axis == shape.rank()) {
      return elements.get(start);
    }
    int step = 1;
    for (int inner = axis + 1; inner < shape.rank(); inner++) {
      step *= keptShape.dim(inner);
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < keptShape.dim(axis); i++) {
      if (i == format.edgeItems() && isCut(axis)) {
        parts.add(GAP);
      }
      parts.add(axis(axis + 1, start + i * step, indent + " ", width - 1));
    }
    int below = shape.rank() - axis - 1;
    String joined =
        below == 0
            ? row(parts, indent, width)
            : String.join("," + "\n".repeat(below) + indent, parts);
    return "[" + joined + "]";
  }

  /** Elements side by side, in as many lines as they need. */
  private static String row(List<String> parts, String indent, int width) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean first = line.length() <= indent.length();
      if (!first && line.length() + part.length() > width - 1) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(indent.length());
      }
      line.append(part).append(i < parts.size() - 1 ? ", " : "");
    }
    return text.append(line).substring(indent.length());
  }
}
