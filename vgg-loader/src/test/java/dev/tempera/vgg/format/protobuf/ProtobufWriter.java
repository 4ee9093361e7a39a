package dev.tempera.vgg.format.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the fields of a protobuf message one after another, sound ones and others, for tests. */
public final class ProtobufWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** An empty message. */
  public ProtobufWriter() {}

  /** Numbers as the payload of a packed field of floats. */
  public static byte[] packed(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  /** Numbers as the payload of a packed field of doubles. */
  public static byte[] packed(double... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putDouble(value);
    }
    return buffer.array();
  }

  /** Numbers as the payload of a packed field of varints. */
  public static byte[] packed(long... values) {
    ProtobufWriter writer = new ProtobufWriter();
    for (long value : values) {
      writer.rawVarint(value);
    }
    return writer.build();
  }

  /** A field of a whole number. */
  public ProtobufWriter varint(int field, long value) {
    return tag(field, 0).rawVarint(value);
  }

  /** A field of four bytes. */
  public ProtobufWriter fixed32(int field, float value) {
    return tag(field, 5).raw(packed(value));
  }

  /** A field of bytes, or of a message. */
  public ProtobufWriter bytes(int field, byte[] content) {
    return tag(field, 2).rawVarint(content.length).raw(content);
  }

  /** A field of a message. */
  public ProtobufWriter message(int field, ProtobufWriter content) {
    return bytes(field, content.build());
  }

  /** A field of text. */
  public ProtobufWriter text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The start of a field. */
  public ProtobufWriter tag(int field, int wireType) {
    return rawVarint(((long) field << 3) | wireType);
  }

  /** A varint that belongs to no field. */
  public ProtobufWriter rawVarint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  /** Bytes that belong to no field. */
  public ProtobufWriter raw(byte... content) {
    bytes.writeBytes(content);
    return this;
  }

  /** The message. */
  public byte[] build() {
    return bytes.toByteArray();
  }
}
