package dev.tempera.tensor;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;

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

  /**
   * Numbers from the standard normal distribution, float32; the same for a seed on every backend.
   */
  public static Tensor randomNormal(long seed, int... shape) {
    Shape lengths = Shape.of(shape);
    return of(new Philox(seed, NORMAL_STREAM).normal(Math.toIntExact(lengths.size())), shape);
  }

  /**
   * Numbers from the uniform distribution on [0, 1), float32; the same for a seed on every backend.
   */
  public static Tensor randomUniform(long seed, int... shape) {
    Shape lengths = Shape.of(shape);
    return of(new Philox(seed, UNIFORM_STREAM).uniform(Math.toIntExact(lengths.size())), shape);
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
