package dev.tempera.vgg.format.mxnet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds MXNet lists of arrays byte by byte, sound ones and others, for tests. */
final class MxnetFixture {
  static final int LEGACY = 0;
  static final int V1 = 0xF993_FAC8;
  static final int V2 = 0xF993_FAC9;
  static final int V3 = 0xF993_FACA;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A convolution's weight and bias as one of the ways to write arrays has them. */
  static byte[] sample(int version) {
    return new MxnetFixture()
        .list(2)
        .array(version, 0, new long[] {2, 3}, floats(1, 2, 3, 4, 5, 6))
        .array(version, 0, new long[] {2}, floats(-1, 0.5f))
        .names("arg:conv1_1_weight", "aux:mean")
        .build();
  }

  /** Elements of float32. */
  static byte[] floats(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  /** The head of a list. */
  MxnetFixture list(long count) {
    return int64(0x112).int64(0).int64(count);
  }

  /** A dense array. */
  MxnetFixture array(int version, int type, long[] lengths, byte[] elements) {
    if (version != LEGACY) {
      int32(version);
    }
    if (version == V2 || version == V3) {
      int32(0);
    }
    int32(lengths.length);
    for (long length : lengths) {
      if (version == LEGACY) {
        int32((int) length);
      } else {
        int64(length);
      }
    }
    return int32(1).int32(0).int32(type).raw(elements);
  }

  /** The names at the end of a list. */
  MxnetFixture names(String... names) {
    int64(names.length);
    for (String name : names) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      int64(text.length).raw(text);
    }
    return this;
  }

  /** A 32-bit number. */
  MxnetFixture int32(int value) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /** A 64-bit number. */
  MxnetFixture int64(long value) {
    return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /** Bytes as they are. */
  MxnetFixture raw(byte... content) {
    bytes.writeBytes(content);
    return this;
  }

  /** The file. */
  byte[] build() {
    return bytes.toByteArray();
  }
}
