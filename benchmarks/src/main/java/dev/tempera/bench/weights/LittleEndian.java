package dev.tempera.bench.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts numbers and texts one after another, the lowest byte first. */
final class LittleEndian {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  LittleEndian() {}

  LittleEndian int8(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  LittleEndian int16(int... values) {
    for (int value : values) {
      int8(value, value >> 8);
    }
    return this;
  }

  LittleEndian int32(long... values) {
    for (long value : values) {
      raw(buffer(Integer.BYTES).putInt((int) value).array());
    }
    return this;
  }

  LittleEndian int64(long... values) {
    for (long value : values) {
      raw(buffer(Long.BYTES).putLong(value).array());
    }
    return this;
  }

  LittleEndian text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  LittleEndian raw(byte... content) {
    bytes.writeBytes(content);
    return this;
  }

  /** Zeros up to a multiple of eight bytes. */
  LittleEndian pad() {
    return raw(new byte[-bytes.size() & 7]);
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  Content toContent() {
    return Content.bytes(toBytes());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
