package dev.tempera.bench.weights;

/** Fields of protobuf messages. */
final class Protobuf {
  private Protobuf() {}

  /** A field of a whole number. */
  static Content varint(int field, long value) {
    return raw(new LittleEndian(), (long) field << 3, value);
  }

  /** A field of text. */
  static Content text(int field, String text) {
    return message(field, Content.text(text));
  }

  /** A field of bytes or of a message. */
  static Content message(int field, Content... content) {
    Content body = Content.join(content);
    return Content.join(raw(new LittleEndian(), (long) field << 3 | 2, body.size()), body);
  }

  /** Lengths as a field of packed varints. */
  static Content packed(int field, long... values) {
    return message(field, raw(new LittleEndian(), values));
  }

  private static Content raw(LittleEndian bytes, long... values) {
    for (long value : values) {
      long rest = value;
      for (; rest >= 0x80; rest >>>= 7) {
        bytes.int8((int) (rest & 0x7F) | 0x80);
      }
      bytes.int8((int) rest);
    }
    return bytes.toContent();
  }
}
