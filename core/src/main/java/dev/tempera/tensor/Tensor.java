package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Collection;
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
public final class Tensor extends Creation
    implements FluentElementwise, FluentReductions, FluentShapes, AutoCloseable {
  private final String op;
  private final View view;
  private final Backend backend;
  private final @Nullable Node<Tensor> node;
  private final @Nullable MemoryTrace trace;
  private @Nullable TensorScope scope;
  private @Nullable Tensor previous;
  private @Nullable Tensor next;
  private ForgottenTensors.@Nullable Holds net;
  private Cleaner.@Nullable Cleanable cleanable;
  private boolean closed;

  private Tensor(String op, Backend backend, View view, @Nullable Node<Tensor> node) {
    this.op = op;
    this.backend = backend;
    this.view = view;
    this.node = node;
    this.trace = MemoryTrace.begin(this);
  }

  // ---- making tensors -------------------------------------------------------------------------

  /** A tensor of one value throughout, of this tensor's type, shape and backend. */
  public Tensor filledLike(double value) {
    return managed("filledLike", backend, backend.filled(dtype(), shape(), value), null);
  }

  /**
   * A tensor over a view whose storage is taken over; it belongs to the innermost scope. For those
   * who write operations and loaders.
   */
  public static Tensor of(Backend backend, View view) {
    return managed("Tensor.of", backend, view, null);
  }

  /**
   * A tensor that takes over one hold on the storage and one on the node, and belongs to the
   * innermost scope.
   *
   * @param op what made it, for messages
   */
  static Tensor managed(String op, Backend backend, View view, @Nullable Node<Tensor> node) {
    Tensor tensor = new Tensor(op, backend, view, node);
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
   *
   * @param op what made it, for messages
   */
  static Tensor unmanaged(String op, Backend backend, View view, @Nullable Node<Tensor> node) {
    return new Tensor(op, backend, view, node);
  }

  /** A second handle on the same value and record, which belongs to no scope. */
  Tensor alias() {
    hold();
    return unmanaged(op, backend, view, node);
  }

  /** A second handle on the same value and record, which belongs to the innermost scope. */
  Tensor managedAlias() {
    hold();
    return managed(op, backend, view, node);
  }

  private void hold() {
    view.storage().retain();
    if (node != null) {
      node.retain();
    }
  }

  @Override
  public Tensor self() {
    return this;
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

  /** The name of what made it, for messages. */
  String op() {
    return op;
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

  /** The elements as ints, in row-major order; a copy, fractions cut off. */
  public int[] toInts() {
    requireOpen("toInts");
    int[] values = new int[Math.toIntExact(shape().size())];
    download(DType.INT32, MemorySegment.ofArray(values));
    return values;
  }

  /** The elements as longs, in row-major order; a copy, fractions cut off. */
  public long[] toLongs() {
    requireOpen("toLongs");
    long[] values = new long[Math.toIntExact(shape().size())];
    download(DType.INT64, MemorySegment.ofArray(values));
    return values;
  }

  /**
   * Copies the elements into memory, densely in row-major order, in this tensor's type,
   * little-endian.
   *
   * @param target of exactly as many bytes
   * @throws ShapeException if it has another size
   */
  public void download(MemorySegment target) {
    requireOpen("download");
    long bytes = shape().size() * dtype().byteSize();
    if (target.byteSize() != bytes) {
      throw new ShapeException(
          "download: the memory has another size than the tensor\n  tensor  "
              + dtype()
              + shape()
              + "\n  rule    "
              + bytes
              + " bytes, here "
              + target.byteSize());
    }
    download(dtype(), target);
  }

  private void download(DType as, MemorySegment target) {
    try {
      if (dtype() == as) {
        backend.download(view, target);
        return;
      }
      View converted = backend.converted(view, as, MemoryOrder.ROW_MAJOR);
      backend.download(converted, target);
      converted.storage().release();
    } finally {
      Reference.reachabilityFence(this);
    }
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
    return track("");
  }

  /**
   * A handle on the same value as a leaf of the record, like {@link #track()}.
   *
   * @param name what {@link #explain} and messages call it
   */
  public Tensor track(String name) {
    requireOpen("track");
    if (!dtype().isComputable()) {
      throw new IllegalArgumentException(
          "track: only float32 and float64 tensors have gradients\n  tensor  "
              + dtype()
              + shape()
              + "\n  hint    convert it first with to(DType.FLOAT32)");
    }
    view.storage().retain();
    return managed(op, backend, view, Node.leaf(name, dtype(), shape()));
  }

  /**
   * A handle on the same value without its record: gradients do not flow through it, which other
   * libraries call a stopped gradient.
   */
  public Tensor detach() {
    requireOpen("detach");
    view.storage().retain();
    return managed(op, backend, view, null);
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

  /**
   * The vector-Jacobian product with respect to chosen tensors alone, which may be results of
   * operations. Only rules on the way to them run.
   *
   * @param seed of this tensor's shape
   * @param wanted the handles that this tensor was made from
   * @throws IllegalArgumentException if one of them is not tracked
   */
  public Gradients backward(Tensor seed, BackwardMode mode, Collection<Tensor> wanted) {
    requireOpen("backward");
    return Backward.of(this, seed, mode, wanted);
  }

  /**
   * The recorded operations that this tensor was made by, in the order in which they ran, a line
   * each: what each one's result is, which results it used, and what it keeps for its gradient, in
   * bytes of whole blocks of memory. Blocks that several operations keep count once in the total.
   */
  public String explain() {
    requireOpen("explain");
    return GraphExplanation.of(this);
  }

  // ---- lifetime ------------------------------------------------------------------------------

  /**
   * Gives the handle back; the memory goes when nothing else holds it. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      ForgottenTensors.reportSecondClosing(this);
      return;
    }
    closed = true;
    if (trace != null) {
      trace.close();
    }
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
              + (trace == null
                  ? ""
                  : "\n  made    by " + trace.made() + "\n  closed  at " + trace.closed())
              + "\n  hint    TensorScope.keep moves a result out of the scope that closed it"
              + (trace == null ? "; -Dtempera.memory.debug=true names the line" : ""));
    }
  }

  /** Which lines made and closed it; null unless lines are noted. */
  @Nullable MemoryTrace trace() {
    return trace;
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

  /** The values as NumPy writes them, of a large tensor those at the ends of its axes. */
  @Override
  public String toString() {
    return toString(TensorFormat.DEFAULT);
  }

  /** The values as NumPy writes them under the same options. */
  public String toString(TensorFormat format) {
    return closed ? "closed " + dtype() + shape() : TensorPrinter.print(this, format);
  }
}
