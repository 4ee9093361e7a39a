package dev.tempera.vgg.format.mxnet;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One array of an MXNet file: a shape, the device it was on, the element type and the elements,
 * written in one of the four ways that {@code NDArray::Save} has had.
 *
 * @param dtype the element type, or null for an array that was never given a content
 * @param start where the elements start
 * @param end where the array ends
 */
record MxnetArray(Shape shape, @Nullable DType dtype, long start, long end) {
  private static final int V1 = 0xF993_FAC8;
  private static final int V2 = 0xF993_FAC9;
  private static final int V3 = 0xF993_FACA;
  private static final int DENSE = 0;
  private static final int DEVICE_BYTES = 8;
  private static final long MOST_AXES = 64;

  /**
   * Reads the array at a position.
   *
   * @param label how to call it in errors
   * @throws TensorFileException if it is sparse, of a type that is not known, or ends past the file
   */
  static MxnetArray read(FileBytes bytes, long position, String label) throws TensorFileException {
    int version = bytes.int32(position);
    boolean tagged = version == V1 || version == V2 || version == V3;
    long next = tagged ? position + Integer.BYTES : position;
    if (version == V2 || version == V3) {
      int storage = bytes.int32(next);
      if (storage != DENSE) {
        throw bytes.failure(
            label, next, "storage type " + storage + " is sparse or unknown; only dense is read");
      }
      next += Integer.BYTES;
    }
    int axes = bytes.int32(next);
    boolean empty = version == V3 ? axes < 0 : axes == 0;
    if (axes > MOST_AXES || axes < -1 || (axes < 0 && !empty)) {
      throw bytes.failure(label, next, "no array has " + axes + " axes");
    }
    long lengthsAt = next + Integer.BYTES;
    if (empty) {
      return new MxnetArray(Shape.of(0), null, lengthsAt, lengthsAt);
    }
    int lengthBytes = tagged ? Long.BYTES : Integer.BYTES;
    List<Long> lengths = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      long at = lengthsAt + (long) axis * lengthBytes;
      lengths.add(tagged ? bytes.int64(at) : bytes.uint32(at));
    }
    Shape shape = bytes.shape(label, lengthsAt, lengths);
    return elements(bytes, shape, lengthsAt + (long) axes * lengthBytes + DEVICE_BYTES, label);
  }

  /** The array as a tensor with a name; one without content is an empty vector. */
  TensorEntry toEntry(String name, FileBytes bytes) throws TensorFileException {
    FileBytes content = bytes.slice(start, end - start, "the elements");
    return new TensorEntry(
        name,
        dtype == null ? DType.FLOAT32 : dtype,
        shape,
        shape.rowMajorStrides(),
        start,
        content::segment);
  }

  private static MxnetArray elements(FileBytes bytes, Shape shape, long typeAt, String label)
      throws TensorFileException {
    int flag = bytes.int32(typeAt);
    DType dtype = MxnetType.of(flag);
    if (dtype == null) {
      throw bytes.failure(label, typeAt, "no element type has the number " + flag);
    }
    long start = typeAt + Integer.BYTES;
    long needed = shape.size() * dtype.byteSize();
    if (needed > bytes.size() - start) {
      throw bytes.failure(
          label,
          start,
          "the file is cut short or damaged: "
              + dtype
              + shape
              + " takes "
              + needed
              + " bytes, "
              + (bytes.size() - start)
              + " are left");
    }
    return new MxnetArray(shape, dtype, start, start + needed);
  }
}
