package dev.tempera.vgg.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds {@code .npy} files around elements or a pickle, for tests. */
final class NumpyFixture {
  private NumpyFixture() {}

  /** A file, version 1 of the format, with a header as NumPy writes it. */
  static byte[] npy(String descr, String shape, byte[] content) {
    String header =
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    header += " ".repeat(63 - (header.length() + 10) % 64) + "\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.write(header.length());
    bytes.write(header.length() >> 8);
    bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  /** A file whose one array, without axes, holds the object that a pickle writes. */
  static byte[] npyOfObject(PickleWriter object) {
    return npy("|O", "", object.appends().raw('t').build().stop());
  }

  /** Starts the pickle of an array without axes; the object in it comes next. */
  static PickleWriter startObject() {
    return array(new PickleWriter())
        .mark()
        .integer(1)
        .emptyTuple()
        .global("numpy", "dtype")
        .text("O8")
        .integer(0)
        .integer(1)
        .raw(0x87)
        .reduce()
        .raw(0x89)
        .emptyList()
        .mark();
  }

  /** A dict of lists and dicts of float32 and float64 arrays, in every way that bytes are kept. */
  static byte[] sample() {
    PickleWriter pickle = startObject().emptyDict().mark();
    pickle.text("conv1_1").emptyList().mark();
    bytes(state(array(pickle), "f4", "<", false, 2, 3), floats(0, 1, 2, 3, 4, 5));
    bytes(
        state(array(pickle.raw('t').build()), "f8", ">", false, 1),
        new byte[] {0x40, 8, 0, 0, 0, 0, 0, 0});
    pickle.raw('t').build().appends();
    pickle.raw('U', 5, 'c', 'o', 'n', 'v', '2').emptyDict().mark().text("weights");
    shortText(state(array(pickle), "f4", "<", true, 2, 3), floats(0, 1, 2, 3, 4, 5));
    pickle.raw('t').build().text("steps");
    pickle.global("numpy.core.multiarray", "scalar").global("numpy", "dtype");
    pickle.text("i2").integer(0).integer(1).raw(0x87).reduce();
    pickle.raw('C', 2, 7, 1).raw(0x86).reduce();
    pickle.setItems().text("epoch").integer(20).setItems();
    return npyOfObject(pickle);
  }

  /** The start of an array: an empty one. */
  static PickleWriter array(PickleWriter pickle) {
    return pickle
        .global("numpy.core.multiarray", "_reconstruct")
        .global("numpy", "ndarray")
        .integers(0)
        .raw('U', 1, 'b')
        .raw(0x87)
        .reduce();
  }

  /** The state of an array up to its elements, which come next, then a tuple and its use. */
  static PickleWriter state(
      PickleWriter pickle, String code, String order, boolean fortranOrder, long... lengths) {
    return pickle
        .mark()
        .integer(1)
        .integers(lengths)
        .global("numpy", "dtype")
        .text(code)
        .integer(0)
        .integer(1)
        .raw(0x87)
        .reduce()
        .mark()
        .integer(3)
        .text(order)
        .none()
        .tuple()
        .build()
        .raw(fortranOrder ? 0x88 : 0x89);
  }

  /** A byte string as Python 2 writes it if it is long. */
  static PickleWriter bytes(PickleWriter pickle, byte[] content) {
    return pickle.raw('T').int32(content.length).bytes(content);
  }

  /** A byte string as Python 2 writes it if it is short: as text. */
  static PickleWriter shortText(PickleWriter pickle, byte[] content) {
    return pickle.raw('U', content.length).bytes(content);
  }

  /** Little-endian float32 elements. */
  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
