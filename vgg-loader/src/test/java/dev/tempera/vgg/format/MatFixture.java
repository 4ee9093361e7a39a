package dev.tempera.vgg.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Writes MAT files of version 5, as MathWorks' description of the format says. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by allocate.
final class MatFixture {
  private static final int INT8 = 1;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int SINGLE = 7;
  private static final int DOUBLE = 9;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int UTF8 = 16;

  private final ByteOrder order;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  MatFixture(ByteOrder order) {
    this.order = order;
    ByteBuffer header = buffer(128);
    header.put("MATLAB 5.0 MAT-file, made for a test".getBytes(StandardCharsets.US_ASCII));
    header.position(124).putShort((short) 0x100).putShort((short) (('M' << 8) | 'I'));
    file.writeBytes(header.array());
  }

  /** A net as MatConvNet saves it, one convolution, some of its variables compressed. */
  static MatFixture sample(ByteOrder order) {
    MatFixture mat = new MatFixture(order);
    byte[] weights = mat.floats("", new int[] {3, 3, 2, 4}, ramp(72));
    byte[] biases = mat.floats("", new int[] {1, 4}, ramp(4));
    byte[] layer =
        mat.struct(
            "",
            new String[] {"name", "weights"},
            mat.text("", "conv1_1"),
            mat.cell("", weights, biases));
    byte[] layers = mat.cell("layers", layer);
    byte[] mean = mat.doubles("mean", new int[] {1, 3}, 123.68, 116.779, 103.939);
    return mat.add(layers)
        .add(mat.text("note", "grün"))
        .addCompressed(mean)
        .addCompressed(mat.struct("net", new String[] {"layers"}, mat.cell("", layer)));
  }

  static float[] ramp(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i / 8f - 2;
    }
    return values;
  }

  MatFixture add(byte[] element) {
    file.writeBytes(element);
    return this;
  }

  MatFixture addCompressed(byte[] element) {
    return add(compressed(element));
  }

  /** An element as it is stored compressed. */
  byte[] compressed(byte[] element) {
    Deflater deflater = new Deflater();
    deflater.setInput(element);
    deflater.finish();
    byte[] deflated = new byte[element.length + 64];
    int length = deflater.deflate(deflated);
    deflater.end();
    return buffer(8 + length).putInt(COMPRESSED).putInt(length).put(deflated, 0, length).array();
  }

  byte[] toBytes() {
    return file.toByteArray();
  }

  byte[] floats(String name, int[] lengths, float... values) {
    ByteBuffer data = buffer(4 * values.length);
    data.asFloatBuffer().put(values);
    return matrix(7, name, lengths, element(SINGLE, data.array()));
  }

  byte[] doubles(String name, int[] lengths, double... values) {
    ByteBuffer data = buffer(8 * values.length);
    data.asDoubleBuffer().put(values);
    return matrix(6, name, lengths, element(DOUBLE, data.array()));
  }

  byte[] text(String name, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return matrix(4, name, new int[] {1, text.length()}, element(UTF8, encoded));
  }

  byte[] cell(String name, byte[]... cells) {
    return matrix(1, name, new int[] {1, cells.length}, cells);
  }

  byte[] struct(String name, String[] fields, byte[]... values) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String field : fields) {
      names.writeBytes(ByteBuffer.allocate(32).put(field.getBytes(StandardCharsets.UTF_8)).array());
    }
    int count = values.length / fields.length;
    byte[][] content = new byte[values.length + 2][];
    content[0] = element(INT32, buffer(4).putInt(32).array());
    content[1] = element(INT8, names.toByteArray());
    System.arraycopy(values, 0, content, 2, values.length);
    return matrix(2, name, new int[] {1, count}, content);
  }

  byte[] matrix(int arrayClass, String name, int[] lengths, byte[]... content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(element(UINT32, buffer(8).putInt(arrayClass).array()));
    ByteBuffer axes = buffer(4 * lengths.length);
    axes.asIntBuffer().put(lengths);
    body.writeBytes(element(INT32, axes.array()));
    body.writeBytes(element(INT8, name.getBytes(StandardCharsets.UTF_8)));
    for (byte[] part : content) {
      body.writeBytes(part);
    }
    return element(MATRIX, body.toByteArray());
  }

  /** A tag and its bytes; up to four bytes go into the tag. */
  byte[] element(int type, byte[] content) {
    if (content.length > 0 && content.length <= 4) {
      return buffer(8).putInt(content.length << 16 | type).put(content).array();
    }
    int padded = (content.length + 7) & -8;
    return buffer(8 + padded).putInt(type).putInt(content.length).put(content).array();
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }
}
