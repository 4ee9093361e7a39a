package dev.tempera.bench.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** MatConvNet's file, MAT of version 5: a cell of structures with a name and a cell of weights. */
final class MatVgg19 {
  private static final int INT8 = 1;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int SINGLE = 7;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int UTF8 = 16;

  private static final int CELL_CLASS = 1;
  private static final int STRUCT_CLASS = 2;
  private static final int CHAR_CLASS = 4;
  private static final int SINGLE_CLASS = 7;
  private static final int NAME_LENGTH = 32;

  private MatVgg19() {}

  /** As SciPy writes it, which the first of these files came from. */
  static Content plain(List<Vgg19.Layer> layers) {
    return Content.join(header(), variable(layers));
  }

  /** As MATLAB writes it: each variable deflated. */
  static Content compressed(List<Vgg19.Layer> layers) throws IOException {
    Content deflated = new Deflated(variable(layers));
    Content tag = new LittleEndian().int32(COMPRESSED, deflated.size()).toContent();
    return Content.join(header(), tag, deflated);
  }

  private static Content header() {
    LittleEndian header = new LittleEndian().text("MATLAB 5.0 MAT-file, random weights");
    header.raw(new byte[124 - header.size()]);
    return header.int16(0x100).text("IM").toContent();
  }

  private static Content variable(List<Vgg19.Layer> layers) {
    List<Content> cells = new ArrayList<>();
    for (Vgg19.Layer layer : layers) {
      long side = layer.isConvolution() ? 3 : layer.index() == 1 ? 7 : 1;
      long inputs = layer.weights() / (side * side * layer.outputs());
      Content weights = single(layer.weights(), side, side, inputs, layer.outputs());
      Content biases = single(layer.outputs(), 1, layer.outputs());
      cells.add(
          matrix(
              STRUCT_CLASS,
              "",
              new long[] {1, 1},
              element(INT32, new LittleEndian().int32(NAME_LENGTH).toContent()),
              element(INT8, Content.join(fieldName("name"), fieldName("weights"))),
              text(layer.name()),
              matrix(CELL_CLASS, "", new long[] {1, 2}, weights, biases)));
    }
    long[] lengths = {1, cells.size()};
    return matrix(CELL_CLASS, "layers", lengths, Content.join(cells));
  }

  private static Content fieldName(String name) {
    LittleEndian field = new LittleEndian().text(name);
    return field.raw(new byte[NAME_LENGTH - field.size()]).toContent();
  }

  private static Content single(long count, long... lengths) {
    return matrix(SINGLE_CLASS, "", lengths, element(SINGLE, Content.floats(count)));
  }

  private static Content text(String text) {
    return matrix(CHAR_CLASS, "", new long[] {1, text.length()}, element(UTF8, Content.text(text)));
  }

  private static Content matrix(int arrayClass, String name, long[] lengths, Content... content) {
    return element(
        MATRIX,
        Content.join(
            element(UINT32, new LittleEndian().int32(arrayClass, 0).toContent()),
            element(INT32, new LittleEndian().int32(lengths).toContent()),
            element(INT8, Content.text(name)),
            Content.join(content)));
  }

  /** A tag and its bytes; up to four bytes go into the tag. */
  private static Content element(int type, Content content) {
    long size = content.size();
    return size > 0 && size <= Integer.BYTES
        ? Content.join(new LittleEndian().int16(type, (int) size).toContent(), content).padded()
        : Content.join(new LittleEndian().int32(type, size).toContent(), content.padded());
  }

  /** A zlib stream, which is made twice: once to know its length. */
  private record Deflated(Content content, long size) implements Content {
    Deflated(Content content) throws IOException {
      this(content, deflate(content, OutputStream.nullOutputStream()));
    }

    @Override
    public void write(OutputStream out) throws IOException {
      deflate(content, out);
    }

    private static long deflate(Content content, OutputStream out) throws IOException {
      Deflater deflater = new Deflater(Deflater.BEST_SPEED);
      try {
        DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater, 1 << 16);
        content.write(stream);
        stream.finish();
        return deflater.getBytesWritten();
      } finally {
        deflater.end();
      }
    }
  }
}
