package dev.tempera.vgg.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes pickles operation by operation, for tests; the names are those of Python's pickletools.
 */
final class PickleWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PickleWriter() {
    raw(0x80, 2);
  }

  byte[] stop() {
    raw('.');
    return bytes.toByteArray();
  }

  PickleWriter raw(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  PickleWriter bytes(byte[] content) {
    bytes.writeBytes(content);
    return this;
  }

  PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return raw('X').int32(utf8.length).bytes(utf8);
  }

  PickleWriter integer(long value) {
    byte[] eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return raw(0x8A, 8).bytes(eight);
  }

  PickleWriter integers(long... values) {
    mark();
    for (long value : values) {
      integer(value);
    }
    return tuple();
  }

  PickleWriter int32(int value) {
    return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  PickleWriter global(String module, String name) {
    return raw('c').bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PickleWriter mark() {
    return raw('(');
  }

  PickleWriter tuple() {
    return raw('t');
  }

  PickleWriter emptyTuple() {
    return raw(')');
  }

  PickleWriter emptyDict() {
    return raw('}');
  }

  PickleWriter emptyList() {
    return raw(']');
  }

  PickleWriter setItems() {
    return raw('u');
  }

  PickleWriter appends() {
    return raw('e');
  }

  PickleWriter reduce() {
    return raw('R');
  }

  PickleWriter build() {
    return raw('b');
  }

  PickleWriter persistentId() {
    return raw('Q');
  }

  PickleWriter none() {
    return raw('N');
  }

  PickleWriter put(int slot) {
    return raw('q', slot);
  }

  PickleWriter get(int slot) {
    return raw('h', slot);
  }

  /** A persistent id as PyTorch writes it: a storage of so many elements. */
  PickleWriter storage(String type, String key, long count) {
    return mark()
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .integer(count)
        .tuple()
        .persistentId();
  }

  /** Starts a tensor; a storage comes next, then {@link #endTensor}. */
  PickleWriter tensor() {
    return global("torch._utils", "_rebuild_tensor_v2").mark();
  }

  /** Ends a tensor that is a view of the storage written last. */
  PickleWriter endTensor(long offset, long[] lengths, long[] strides) {
    return integer(offset)
        .integers(lengths)
        .integers(strides)
        .raw(0x89)
        .global("collections", "OrderedDict")
        .emptyTuple()
        .reduce()
        .tuple()
        .reduce();
  }
}
