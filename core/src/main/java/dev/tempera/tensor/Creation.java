package dev.tempera.tensor;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Ways to make a tensor from nothing but numbers, on the current backend. */
abstract sealed class Creation permits Tensor {
  private static final long NORMAL_STREAM = 1;
  private static final long UNIFORM_STREAM = 2;

  /**
   * A float32 tensor of these values.
   *
   * @param values in row-major order
   * @throws ShapeException if the number of values is not that of the shape
   */
  public static Tensor of(float[] values, int... shape) {
    return upload(MemorySegment.ofArray(values), values.length, DType.FLOAT32, Shape.of(shape));
  }

  /**
   * A float64 tensor of these values.
   *
   * @param values in row-major order
   * @throws ShapeException if the number of values is not that of the shape
   */
  public static Tensor of(double[] values, int... shape) {
    return upload(MemorySegment.ofArray(values), values.length, DType.FLOAT64, Shape.of(shape));
  }

  /**
   * An int32 tensor of these values.
   *
   * @param values in row-major order
   * @throws ShapeException if the number of values is not that of the shape
   */
  public static Tensor of(int[] values, int... shape) {
    return upload(MemorySegment.ofArray(values), values.length, DType.INT32, Shape.of(shape));
  }

  /**
   * An int64 tensor of these values.
   *
   * @param values in row-major order
   * @throws ShapeException if the number of values is not that of the shape
   */
  public static Tensor of(long[] values, int... shape) {
    return upload(MemorySegment.ofArray(values), values.length, DType.INT64, Shape.of(shape));
  }

  /** A float32 scalar. */
  public static Tensor scalar(float value) {
    return of(new float[] {value});
  }

  /** A float32 tensor of zeros. */
  public static Tensor zeros(int... shape) {
    return filled(DType.FLOAT32, Shape.of(shape), 0);
  }

  /** A float32 tensor of ones. */
  public static Tensor ones(int... shape) {
    return filled(DType.FLOAT32, Shape.of(shape), 1);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(DType dtype, int... shape) {
    return filled(dtype, Shape.of(shape), 0);
  }

  /** A tensor of ones. */
  public static Tensor ones(DType dtype, int... shape) {
    return filled(dtype, Shape.of(shape), 1);
  }

  /**
   * The identity matrix, float32: ones on the main diagonal, zeros elsewhere.
   *
   * @return (size, size)
   */
  public static Tensor eye(int size) {
    return eye(DType.FLOAT32, size, size);
  }

  /**
   * Ones on the main diagonal, zeros elsewhere.
   *
   * @return (rows, columns)
   */
  public static Tensor eye(DType dtype, int rows, int columns) {
    Backend backend = Backends.current();
    View zeros = backend.filled(dtype, Shape.of(rows, columns), 0);
    backend.fill(zeros.diagonal(0, 1, 0), 1);
    return Tensor.managed("Tensor.eye", backend, zeros, null);
  }

  /** The whole numbers from {@code start} to below {@code end}, float32. */
  public static Tensor arange(int start, int end) {
    return arange(DType.FLOAT32, start, end, 1);
  }

  /**
   * The numbers start, start + step, start + 2·step … before {@code end}, each rounded once.
   *
   * @param step not 0; negative to go down
   * @throws IllegalArgumentException if the step is 0 or not finite, or leads away from the end
   */
  public static Tensor arange(DType dtype, double start, double end, double step) {
    double count = Math.ceil((end - start) / step);
    if (!(count >= 0 && Double.isFinite(count) && step != 0)) {
      throw new IllegalArgumentException(
          "arange: the steps do not lead to the end\n  range   "
              + start
              + " to "
              + end
              + ", step "
              + step
              + "\n  rule    (end − start) / step is a number ≥ 0");
    }
    double[] values = new double[Math.toIntExact((long) count)];
    Arrays.setAll(values, i -> start + i * step);
    return converted("Tensor.arange", values, dtype);
  }

  /**
   * Numbers at equal distances, both ends included; from the middle on they are counted from the
   * end, so that it is exact.
   *
   * @param count how many; with 1 there is the start alone
   * @throws IllegalArgumentException if the count is negative
   */
  public static Tensor linspace(DType dtype, double start, double end, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("linspace: count ≥ 0, here " + count);
    }
    double step = (end - start) / Math.max(count - 1, 1);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * i < count ? start + i * step : end - (count - 1 - i) * step;
    }
    return converted("Tensor.linspace", values, dtype);
  }

  /** A tensor of one axis, the values rounded to a type. */
  private static Tensor converted(String name, double[] values, DType dtype) {
    Backend backend = Backends.current();
    Shape shape = Shape.of(values.length);
    View exact = backend.allocate(DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR);
    try {
      backend.upload(MemorySegment.ofArray(values), exact);
      View rounded = backend.converted(exact, dtype, MemoryOrder.ROW_MAJOR);
      return Tensor.managed(name, backend, rounded, null);
    } finally {
      exact.storage().release();
    }
  }

  /**
   * Numbers from the standard normal distribution, float32; the same for a seed on every backend.
   */
  public static Tensor randomNormal(long seed, int... shape) {
    Philox philox = new Philox(seed, NORMAL_STREAM);
    return random(Distribution.STANDARD_NORMAL, philox, DType.FLOAT32, Shape.of(shape));
  }

  /**
   * Numbers from the uniform distribution on [0, 1), float32; the same for a seed on every backend.
   */
  public static Tensor randomUniform(long seed, int... shape) {
    Philox philox = new Philox(seed, UNIFORM_STREAM);
    return random(Distribution.UNIT_UNIFORM, philox, DType.FLOAT32, Shape.of(shape));
  }

  /**
   * Numbers of a distribution, rounded to a type; the same for a generator on every backend. {@link
   * RandomSource} draws from a new generator each time.
   */
  public static Tensor random(Distribution distribution, Philox philox, DType dtype, Shape shape) {
    Backend backend = Backends.current();
    return Tensor.managed(
        "random", backend, backend.random(distribution, philox, dtype, shape), null);
  }

  /** A tensor of one value throughout, on the current backend. */
  public static Tensor filled(DType dtype, Shape shape, double value) {
    Backend backend = Backends.current();
    return Tensor.managed("Tensor.filled", backend, backend.filled(dtype, shape, value), null);
  }

  private static Tensor upload(MemorySegment values, long count, DType dtype, Shape shape) {
    if (count != shape.size()) {
      throw new ShapeException(
          "tensor: "
              + count
              + " values for shape "
              + shape
              + "\n  rule    the number of values is the product of the axis lengths, "
              + shape.size());
    }
    return upload(values, dtype, shape);
  }

  /**
   * A tensor on the current backend copied from memory.
   *
   * @param values densely in row-major order, in the given type, little-endian; what follows them
   *     is ignored
   * @throws ShapeException if there are too few bytes
   */
  public static Tensor upload(MemorySegment values, DType dtype, Shape shape) {
    long bytes = shape.size() * dtype.byteSize();
    if (values.byteSize() < bytes) {
      throw new ShapeException(
          "tensor: "
              + values.byteSize()
              + " bytes for "
              + dtype
              + shape
              + "\n  rule    at least "
              + bytes
              + " bytes");
    }
    Backend backend = Backends.current();
    View view = backend.allocate(dtype, shape, MemoryOrder.ROW_MAJOR);
    try {
      backend.upload(values.asSlice(0, bytes), view);
    } catch (RuntimeException failure) {
      view.storage().release();
      throw failure;
    }
    return Tensor.managed("Tensor.upload", backend, view, null);
  }
}
