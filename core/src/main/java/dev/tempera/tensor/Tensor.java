package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.op.Argmax;
import dev.tempera.op.Binary;
import dev.tempera.op.Convert;
import dev.tempera.op.Expand;
import dev.tempera.op.Extremum;
import dev.tempera.op.Matmul;
import dev.tempera.op.Permute;
import dev.tempera.op.Relu;
import dev.tempera.op.Reshape;
import dev.tempera.op.Slice;
import dev.tempera.op.Sum;
import dev.tempera.op.Unary;
import dev.tempera.op.Variance;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * A handle on an array of numbers, immutable but for an optimiser's step, and on how it was
 * computed.
 *
 * <p>A tensor belongs to the innermost {@link TensorScope} open when it is made and is closed with
 * it; without a scope it is closed by hand, or late, by the garbage collector. Operations whose
 * inputs are {@linkplain #track tracked} are recorded as they run, and {@link #backward} computes
 * gradients from the record.
 */
public final class Tensor implements AutoCloseable {
  private static final long NORMAL_STREAM = 1;
  private static final long UNIFORM_STREAM = 2;

  private final View view;
  private final Backend backend;
  private final @Nullable Node<Tensor> node;
  private @Nullable TensorScope scope;
  private @Nullable Tensor previous;
  private @Nullable Tensor next;
  private ForgottenTensors.@Nullable Holds net;
  private Cleaner.@Nullable Cleanable cleanable;
  private boolean closed;

  private Tensor(Backend backend, View view, @Nullable Node<Tensor> node) {
    this.backend = backend;
    this.view = view;
    this.node = node;
  }

  // ---- making tensors -------------------------------------------------------------------------

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
    return managed(backend, backend.filled(dtype, shape, value), null);
  }

  /** A tensor of one value throughout, of this tensor's type, shape and backend. */
  public Tensor filledLike(double value) {
    return managed(backend, backend.filled(dtype(), shape(), value), null);
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
    return managed(backend, view, null);
  }

  /**
   * A tensor over a view whose storage is taken over; it belongs to the innermost scope. For those
   * who write operations and loaders.
   */
  public static Tensor of(Backend backend, View view) {
    return managed(backend, view, null);
  }

  /**
   * A tensor that takes over one hold on the storage and one on the node, and belongs to the
   * innermost scope.
   */
  static Tensor managed(Backend backend, View view, @Nullable Node<Tensor> node) {
    Tensor tensor = new Tensor(backend, view, node);
    try {
      ForgottenTensors.adopt(tensor, TensorScope.current());
    } catch (IllegalStateException refused) {
      tensor.close();
      throw refused;
    }
    return tensor;
  }

  /**
   * A tensor that takes over one hold on the storage and one on the node, and is closed by whoever
   * made it.
   */
  static Tensor unmanaged(Backend backend, View view, @Nullable Node<Tensor> node) {
    return new Tensor(backend, view, node);
  }

  /** A second handle on the same value and record, which belongs to no scope. */
  Tensor alias() {
    view.storage().retain();
    if (node != null) {
      node.retain();
    }
    return new Tensor(backend, view, node);
  }

  // ---- what it is -----------------------------------------------------------------------------

  /** The axis lengths; (N, C, H, W) for images. */
  public Shape shape() {
    return view.shape();
  }

  /** The element type. */
  public DType dtype() {
    return view.dtype();
  }

  /** The backend that holds it and computes with it. */
  public Backend backend() {
    return backend;
  }

  /** The memory behind it, for those who write operations. */
  public View view() {
    return view;
  }

  /** Whether gradients flow to or through this tensor. */
  public boolean isTracked() {
    return node != null;
  }

  /** How it was computed; null if that was not recorded. */
  @Nullable Node<Tensor> node() {
    return node;
  }

  // ---- reading --------------------------------------------------------------------------------

  /** The elements as floats, in row-major order; a copy. */
  public float[] toFloats() {
    requireOpen("toFloats");
    float[] values = new float[Math.toIntExact(shape().size())];
    download(DType.FLOAT32, MemorySegment.ofArray(values));
    return values;
  }

  /** The elements as doubles, in row-major order; a copy. */
  public double[] toDoubles() {
    requireOpen("toDoubles");
    double[] values = new double[Math.toIntExact(shape().size())];
    download(DType.FLOAT64, MemorySegment.ofArray(values));
    return values;
  }

  private void download(DType as, MemorySegment target) {
    if (dtype() == as) {
      backend.download(view, target);
      return;
    }
    View converted = backend.converted(view, as, MemoryOrder.ROW_MAJOR);
    backend.download(converted, target);
    converted.storage().release();
  }

  /**
   * The one element.
   *
   * @throws ShapeException if there are more or none
   */
  public double item() {
    if (shape().size() != 1) {
      throw new ShapeException(
          "item: the tensor has "
              + shape().size()
              + " elements\n  tensor  "
              + dtype()
              + shape()
              + "\n  hint    reduce it first, for example with sum() or mean()");
    }
    return toDoubles()[0];
  }

  // ---- gradients ------------------------------------------------------------------------------

  /**
   * A handle on the same value as a leaf of the record: gradients with respect to it can be asked
   * for.
   */
  public Tensor track() {
    requireOpen("track");
    if (!dtype().isComputable()) {
      throw new IllegalArgumentException(
          "track: only float32 and float64 tensors have gradients\n  tensor  "
              + dtype()
              + shape()
              + "\n  hint    convert it first with to(DType.FLOAT32)");
    }
    view.storage().retain();
    return managed(backend, view, Node.leaf());
  }

  /** A handle on the same value without its record: gradients do not flow through it. */
  public Tensor detach() {
    requireOpen("detach");
    view.storage().retain();
    return managed(backend, view, null);
  }

  /**
   * Promises that the value no longer changes, so that backends may keep transformed forms of it,
   * such as packed convolution weights.
   *
   * @return this
   */
  public Tensor freeze() {
    requireOpen("freeze");
    view.storage().freeze();
    return this;
  }

  /**
   * Writes the values of another tensor over this one's, in place; for optimisers. Values that a
   * recorded operation keeps notice it.
   *
   * @param source of this tensor's shape
   * @throws IllegalStateException if this tensor is frozen, or either is closed
   * @throws ShapeException if the shapes differ
   * @throws IllegalArgumentException if the backends differ, or this tensor repeats one element
   *     along an axis
   */
  public void assign(Tensor source) {
    InPlace.assign(this, source);
  }

  /**
   * The gradients of this scalar with respect to every tracked tensor it was made from; the record
   * is consumed.
   *
   * @throws ShapeException if this is not a scalar
   */
  public Gradients backward() {
    return backward(BackwardMode.CONSUME);
  }

  /**
   * The gradients of this scalar with respect to every tracked tensor it was made from.
   *
   * @throws ShapeException if this is not a scalar
   */
  public Gradients backward(BackwardMode mode) {
    requireOpen("backward");
    if (shape().size() != 1) {
      throw new ShapeException(
          "backward: only a scalar has gradients without a seed\n  value   "
              + dtype()
              + shape()
              + "\n  hint    sum() it, or pass a seed of its shape");
    }
    Tensor seed = filledLike(1);
    try {
      return Backward.of(this, seed, mode);
    } finally {
      seed.close();
    }
  }

  /**
   * The vector-Jacobian product: the gradients of the sum of this tensor times a seed.
   *
   * @param seed of this tensor's shape
   */
  public Gradients backward(Tensor seed, BackwardMode mode) {
    requireOpen("backward");
    return Backward.of(this, seed, mode);
  }

  // ---- arithmetic; the whole family stands in dev.tempera.op ---------------------------------

  /** this + other, broadcast. */
  public Tensor add(Tensor other) {
    return Binary.apply(BinaryOp.ADD, this, other);
  }

  /** this − other, broadcast. */
  public Tensor subtract(Tensor other) {
    return Binary.apply(BinaryOp.SUBTRACT, this, other);
  }

  /** this · other, elementwise, broadcast. */
  public Tensor multiply(Tensor other) {
    return Binary.apply(BinaryOp.MULTIPLY, this, other);
  }

  /** this / other, elementwise, broadcast. */
  public Tensor divide(Tensor other) {
    return Binary.apply(BinaryOp.DIVIDE, this, other);
  }

  /** this + number. */
  public Tensor add(double number) {
    return Unary.apply(UnaryOp.ADD_SCALAR, this, number);
  }

  /** this · number. */
  public Tensor multiply(double number) {
    return Unary.apply(UnaryOp.MULTIPLY_SCALAR, this, number);
  }

  /** this to the power of a number. */
  public Tensor power(double exponent) {
    return Unary.apply(UnaryOp.POWER_SCALAR, this, exponent);
  }

  /** −this. */
  public Tensor negate() {
    return Unary.apply(UnaryOp.NEGATE, this);
  }

  /** |this|. */
  public Tensor abs() {
    return Unary.apply(UnaryOp.ABSOLUTE, this);
  }

  /** this². */
  public Tensor square() {
    return Unary.apply(UnaryOp.SQUARE, this);
  }

  /** √this. */
  public Tensor sqrt() {
    return Unary.apply(UnaryOp.SQUARE_ROOT, this);
  }

  /** e to the power of this. */
  public Tensor exp() {
    return Unary.apply(UnaryOp.EXP, this);
  }

  /** The natural logarithm. */
  public Tensor log() {
    return Unary.apply(UnaryOp.LOG, this);
  }

  /** The hyperbolic tangent. */
  public Tensor tanh() {
    return Unary.apply(UnaryOp.TANH, this);
  }

  /** 1/(1 + e^−this). */
  public Tensor sigmoid() {
    return Unary.apply(UnaryOp.SIGMOID, this);
  }

  /** max(this, 0). */
  public Tensor relu() {
    return Relu.apply(this);
  }

  /** this, but no less than {@code low} and no more than {@code high}. */
  public Tensor clamp(double low, double high) {
    return Unary.apply(UnaryOp.CLAMP, this, low, high);
  }

  // ---- reductions; no axes means all ---------------------------------------------------------

  /** The sum over some axes, which disappear. */
  public Tensor sum(int... axes) {
    return Sum.sum(this, axes);
  }

  /** The mean over some axes, which disappear. */
  public Tensor mean(int... axes) {
    return Sum.mean(this, axes);
  }

  /** The largest elements along some axes, which disappear. */
  public Tensor max(int... axes) {
    return Extremum.max(this, axes);
  }

  /** The smallest elements along some axes, which disappear. */
  public Tensor min(int... axes) {
    return Extremum.min(this, axes);
  }

  /** The population variance over some axes, which disappear. */
  public Tensor variance(int... axes) {
    return Variance.apply(this, axes);
  }

  /** The index of the first largest element along an axis, which disappears; int32. */
  public Tensor argmax(int axis) {
    return Argmax.apply(this, axis);
  }

  // ---- products and shapes -------------------------------------------------------------------

  /** The matrix product; leading axes are stacks of matrices and broadcast. */
  public Tensor matmul(Tensor other) {
    return Matmul.apply(this, other);
  }

  /** The same elements, in row-major order, under another shape; one length may be −1. */
  public Tensor reshape(int... shape) {
    return Reshape.apply(this, shape);
  }

  /** The axes in another order: axis i of the result is axis {@code order[i]} of this. */
  public Tensor permute(int... order) {
    return Permute.apply(this, order);
  }

  /** The last two axes exchanged. */
  public Tensor transpose() {
    return Permute.transpose(this);
  }

  /** Elements {@code start} to {@code end} − 1 of an axis. */
  public Tensor slice(int axis, int start, int end) {
    return Slice.apply(this, axis, start, end, 1);
  }

  /** Stretched to a shape it broadcasts to. */
  public Tensor expand(int... shape) {
    return Expand.apply(this, Shape.of(shape));
  }

  /** The same values in another element type. */
  public Tensor to(DType dtype) {
    return Convert.apply(this, dtype);
  }

  // ---- lifetime ------------------------------------------------------------------------------

  /**
   * Gives the handle back; the memory goes when nothing else holds it. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (scope != null) {
      scope.remove(this);
    }
    if (net != null && cleanable != null) {
      net.closedByHand();
      cleanable.clean();
    }
    view.storage().release();
    if (node != null) {
      node.release();
    }
  }

  /** Whether the handle has been given back. */
  public boolean isClosed() {
    return closed;
  }

  void requireOpen(String op) {
    if (closed) {
      throw new IllegalStateException(
          op
              + ": the tensor is closed\n  tensor  "
              + dtype()
              + shape()
              + "\n  hint    TensorScope.keep moves a result out of the scope that closed it");
    }
  }

  @Nullable TensorScope scope() {
    return scope;
  }

  void setScope(@Nullable TensorScope owner) {
    scope = owner;
  }

  void setNet(Cleaner.Cleanable registered, ForgottenTensors.Holds holds) {
    cleanable = registered;
    net = holds;
  }

  @Nullable Tensor next() {
    return next;
  }

  /** Puts this tensor before another in its scope's list. */
  void linkBefore(@Nullable Tensor other) {
    next = other;
    if (other != null) {
      other.previous = this;
    }
  }

  /** Takes this tensor out of its scope's list. */
  void unlink() {
    if (previous != null) {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    previous = null;
    next = null;
  }

  /** Type and shape, and the values if there are few. */
  @Override
  public String toString() {
    return closed ? "closed " + dtype() + shape() : TensorPrinter.print(this);
  }
}
