package dev.tempera.io;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One named tensor of a file: what its elements are and where they lie. The bytes are little-endian
 * and, where the format allows, a slice of the mapped file; they stay accessible until the {@link
 * TensorFile} is closed.
 */
public final class TensorEntry {
  private final String name;
  private final DType dtype;
  private final Shape shape;
  private final long[] strides;
  private final long byteOffset;
  private final Content content;

  /** Where the bytes of a tensor come from; formats that compress do so when asked, not before. */
  @FunctionalInterface
  public interface Content {
    /**
     * The bytes from the tensor's first element to its last.
     *
     * @throws TensorFileException if they cannot be decompressed
     */
    MemorySegment read() throws TensorFileException;

    /** The same bytes, produced the first time they are asked for and kept from then on. */
    default Content cached() {
      return new CachedContent(this);
    }
  }

  /**
   * A tensor whose elements lie at the given strides.
   *
   * @param name the name in the file
   * @param dtype the type of an element
   * @param shape the axis lengths
   * @param strides the distance, in elements, from one index of an axis to the next; none negative
   * @param byteOffset the byte of the file at which the tensor starts, for errors
   * @param content gives the bytes from the first element to the last, at least {@link #spanBytes}
   *     of them
   */
  public TensorEntry(
      String name, DType dtype, Shape shape, long[] strides, long byteOffset, Content content) {
    if (strides.length != shape.rank()) {
      throw new IllegalArgumentException(
          "tensor '" + name + "': " + strides.length + " strides for the axes of " + shape);
    }
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides.clone();
    this.byteOffset = byteOffset;
    this.content = content;
  }

  /**
   * A dense row-major tensor, in memory or in a file.
   *
   * @throws IllegalArgumentException if the bytes are not as many as the shape and type need
   */
  public static TensorEntry dense(String name, DType dtype, Shape shape, MemorySegment bytes) {
    if (bytes.byteSize() != shape.size() * dtype.byteSize()) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "': "
              + dtype
              + " "
              + shape
              + " takes "
              + shape.size() * dtype.byteSize()
              + " bytes, "
              + bytes.byteSize()
              + " are given");
    }
    return new TensorEntry(name, dtype, shape, shape.rowMajorStrides(), 0, () -> bytes);
  }

  /**
   * The content of a tensor under a name, for a file to be written: in the tensor's type,
   * row-major, read out when it is asked for.
   */
  public static TensorEntry of(String name, Tensor tensor) {
    Content content =
        () -> {
          MemorySegment bytes =
              Arena.ofAuto().allocate(tensor.shape().size() * tensor.dtype().byteSize());
          tensor.download(bytes);
          return bytes;
        };
    Shape shape = tensor.shape();
    return new TensorEntry(name, tensor.dtype(), shape, shape.rowMajorStrides(), 0, content);
  }

  /**
   * The contents of tensors under their names, in the map's order; see {@link #of(String, Tensor)}.
   */
  public static List<TensorEntry> of(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream()
        .map(tensor -> of(tensor.getKey(), tensor.getValue()))
        .toList();
  }

  /**
   * A view of the same bytes with the axes in another order.
   *
   * @param axes each axis of the view, as an axis of this tensor
   * @throws IllegalArgumentException if the axes are not a permutation of this tensor's
   */
  public TensorEntry permuted(int... axes) {
    if (!Arrays.equals(
        Arrays.stream(axes).sorted().toArray(), IntStream.range(0, shape.rank()).toArray())) {
      throw new IllegalArgumentException(
          "tensor '" + name + "': " + Arrays.toString(axes) + " does not permute " + shape);
    }
    int[] lengths = Arrays.stream(axes).map(shape::dim).toArray();
    long[] steps = Arrays.stream(axes).mapToLong(axis -> strides[axis]).toArray();
    return new TensorEntry(name, dtype, Shape.of(lengths), steps, byteOffset, content);
  }

  /**
   * A view of the same bytes with one axis split into several, of which the last moves fastest.
   *
   * @param axis which
   * @param lengths of the new axes
   * @throws IllegalArgumentException if they do not multiply to the axis's length
   */
  public TensorEntry split(int axis, int... lengths) {
    Shape parts = Shape.of(lengths);
    if (parts.size() != shape.dim(axis)) {
      throw new IllegalArgumentException(
          "tensor '" + name + "': axis " + axis + " of " + shape + " does not split into " + parts);
    }
    int rank = shape.rank() + lengths.length - 1;
    int[] all = new int[rank];
    long[] steps = new long[rank];
    long[] inner = parts.rowMajorStrides();
    for (int i = 0; i < rank; i++) {
      int part = i - axis;
      boolean within = part >= 0 && part < lengths.length;
      int from = part < 0 ? i : i - lengths.length + 1;
      all[i] = within ? lengths[part] : shape.dim(from);
      steps[i] = within ? inner[part] * strides[axis] : strides[from];
    }
    return new TensorEntry(name, dtype, Shape.of(all), steps, byteOffset, content);
  }

  /** The name in the file. */
  public String name() {
    return name;
  }

  /** The type of an element as stored. */
  public DType dtype() {
    return dtype;
  }

  /** The axis lengths. */
  public Shape shape() {
    return shape;
  }

  /** The distance, in elements, from one index of each axis to the next, a copy. */
  public long[] strides() {
    return strides.clone();
  }

  /** The byte of the file at which the tensor starts (or the compressed block that holds it). */
  public long byteOffset() {
    return byteOffset;
  }

  /** Whether the elements lie one after another in row-major order, without gaps. */
  public boolean isDense() {
    return Strides.areDense(shape.toArray(), strides);
  }

  /** How many bytes lie from the first element to the end of the last. */
  public long spanBytes() {
    return Strides.span(shape.toArray(), strides) * dtype.byteSize();
  }

  /**
   * The stored bytes, from the first element to the end of the last.
   *
   * @throws TensorFileException if they cannot be decompressed
   */
  public MemorySegment bytes() throws TensorFileException {
    return content.read().asSlice(0, spanBytes());
  }

  /**
   * The elements in row-major order, of the stored type, as bytes. A dense tensor gives its bytes
   * without a copy.
   *
   * @param arena owns the copy of a tensor that is not dense
   * @throws TensorFileException if the bytes cannot be decompressed
   */
  public MemorySegment toRowMajor(Arena arena) throws TensorFileException {
    MemorySegment source = bytes();
    if (isDense()) {
      return source;
    }
    int width = dtype.byteSize();
    MemorySegment target = arena.allocate(shape.size() * width, 64);
    Strides.forEach(
        shape.toArray(),
        strides,
        (from, to) -> MemorySegment.copy(source, from * width, target, to * width, width));
    return target;
  }

  /**
   * A copy as a tensor of the stored type on the current backend.
   *
   * @throws TensorFileException if the bytes cannot be decompressed
   */
  public Tensor toTensor() throws TensorFileException {
    try (Arena arena = Arena.ofConfined()) {
      return Tensor.upload(toRowMajor(arena), dtype, shape);
    }
  }

  /**
   * The elements in row-major order as float32, 64-byte aligned, in this machine's byte order.
   * Numbers that float32 does not hold (float64, large integers) are rounded to nearest; true is 1.
   *
   * @param arena owns the result, also where no conversion is needed
   * @throws TensorFileException if the bytes cannot be decompressed
   */
  public MemorySegment toFloat32(Arena arena) throws TensorFileException {
    MemorySegment target = arena.allocate(shape.size() * Float.BYTES, 64);
    copyAsFloat32(target);
    return target;
  }

  /**
   * The elements in row-major order as a float array, converted like {@link #toFloat32}.
   *
   * @throws TensorFileException if there are more than an array holds, or they cannot be
   *     decompressed
   * @throws IllegalStateException if there are more elements than an array holds
   */
  public float[] toFloats() throws TensorFileException {
    if (shape.size() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "tensor '" + name + "': " + shape + " has more elements than an array; use toFloat32");
    }
    float[] values = new float[(int) shape.size()];
    copyAsFloat32(MemorySegment.ofArray(values));
    return values;
  }

  private void copyAsFloat32(MemorySegment target) throws TensorFileException {
    MemorySegment source = bytes();
    if (dtype == DType.FLOAT32 && isDense() && FloatElement.NATIVE_IS_LITTLE_ENDIAN) {
      MemorySegment.copy(source, 0, target, 0, source.byteSize());
      return;
    }
    FloatElement element = FloatElement.of(dtype);
    Strides.forEach(
        shape.toArray(),
        strides,
        (from, to) ->
            target.set(FloatElement.NATIVE_FLOAT, to * Float.BYTES, element.at(source, from)));
  }
}
