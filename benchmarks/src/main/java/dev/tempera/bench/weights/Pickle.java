package dev.tempera.bench.weights;

import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/** Writes a pickle of protocol 2, operation by operation. */
final class Pickle {
  private final LittleEndian bytes = new LittleEndian();

  Pickle() {}

  Pickle start() {
    return raw(0x80, 2);
  }

  Pickle raw(int... codes) {
    bytes.int8(codes);
    return this;
  }

  Pickle text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    raw('X');
    bytes.int32(utf8.length).raw(utf8);
    return this;
  }

  Pickle global(String module, String name) {
    raw('c');
    bytes.text(module + "\n" + name + "\n");
    return this;
  }

  Pickle integer(int value) {
    raw('J');
    bytes.int32(value);
    return this;
  }

  Pickle integers(LongStream values) {
    raw('(');
    values.mapToInt(Math::toIntExact).forEach(this::integer);
    return raw('t');
  }

  /** The start of a byte string as Python 2 writes it; its bytes come next. */
  Pickle byteString(int length) {
    raw('T');
    bytes.int32(length);
    return this;
  }

  Content toContent() {
    return bytes.toContent();
  }
}
