package dev.tempera.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A strided window on a storage: what kernels read and write.
 *
 * <p>Element (i₀, i₁, …) lies at element index {@code offset + Σ iₐ·strideₐ} of the storage.
 * Strides are not negative; a stride of 0 repeats one element along an axis. Every element is
 * inside the storage: the constructor checks, so kernels need not.
 */
public final class View {
  private final Storage storage;
  private final DType dtype;
  private final Shape shape;
  private final long[] strides;
  private final long offset;

  private View(Storage storage, DType dtype, Shape shape, long[] strides, long offset) {
    this.storage = storage;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  /**
   * A view with any strides.
   *
   * @param strides in elements, one for each axis, none negative
   * @param offset of the first element, in elements from the storage's start
   * @throws ShapeException if an element would lie outside the storage
   */
  public static View of(Storage storage, DType dtype, Shape shape, long[] strides, long offset) {
    if (strides.length != shape.rank()) {
      throw new ShapeException(
          "view: " + strides.length + " strides for " + shape.rank() + " axes of " + shape);
    }
    long last = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      if (strides[axis] < 0) {
        throw new ShapeException("view: negative stride in " + Arrays.toString(strides));
      }
      last =
          Math.addExact(last, Math.multiplyExact(strides[axis], Math.max(shape.dim(axis) - 1L, 0)));
    }
    long capacity = storage.byteSize() / dtype.byteSize();
    if (offset < 0 || (shape.size() > 0 && last >= capacity)) {
      throw new ShapeException(
          "view: elements outside the storage\n  view    "
              + dtype
              + shape
              + " strides "
              + Arrays.toString(strides)
              + " offset "
              + offset
              + "\n  rule    last element "
              + last
              + " < "
              + capacity
              + " elements of storage");
    }
    return new View(storage, dtype, shape, strides.clone(), offset);
  }

  /** A dense view from the storage's start. */
  public static View dense(Storage storage, DType dtype, Shape shape, MemoryOrder order) {
    return of(storage, dtype, shape, order.strides(shape), 0);
  }

  /** The memory behind the view. */
  public Storage storage() {
    return storage;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The axis lengths. */
  public Shape shape() {
    return shape;
  }

  /** The stride of an axis in elements; negative indices count from the end. */
  public long stride(int axis) {
    return strides[axis < 0 ? axis + strides.length : axis];
  }

  /** The strides in elements, a copy. */
  public long[] strides() {
    return strides.clone();
  }

  /** The index of the first element, in elements from the storage's start. */
  public long offset() {
    return offset;
  }

  /** The element index in the storage of the element at these coordinates, one for each axis. */
  public long indexOf(int... coordinates) {
    long index = offset;
    for (int axis = 0; axis < strides.length; axis++) {
      index += coordinates[axis] * strides[axis];
    }
    return index;
  }

  /** Whether the elements lie densely with the last axis fastest. */
  public boolean isRowMajor() {
    return hasStrides(shape.rowMajorStrides());
  }

  /** Whether this is a four-axis view whose elements lie densely as N×H×W×C. */
  public boolean isChannelsLast() {
    return shape.rank() == 4 && hasStrides(shape.channelsLastStrides());
  }

  /**
   * Whether the elements lie in memory as these strides say. Those of axes of length 1 do not
   * matter.
   *
   * @param expected one stride for each axis, in elements
   */
  public boolean hasStrides(long[] expected) {
    for (int axis = 0; axis < strides.length; axis++) {
      if (shape.dim(axis) != 1 && strides[axis] != expected[axis]) {
        return false;
      }
    }
    return true;
  }

  /** Whether an axis longer than 1 repeats one element. */
  public boolean isStretched() {
    for (int axis = 0; axis < strides.length; axis++) {
      if (strides[axis] == 0 && shape.dim(axis) > 1) {
        return true;
      }
    }
    return false;
  }

  /** The first of some views that is not stretched; if all are, the first. */
  public static View firstUnstretched(View... views) {
    for (View view : views) {
      if (!view.isStretched()) {
        return view;
      }
    }
    return views[0];
  }

  /**
   * Whether the elements fill a gap-free block of memory, in any order of the axes, each exactly
   * once; elementwise kernels may then run over the block as it lies.
   */
  public boolean isDense() {
    long expected = 1;
    for (int axis : axesByStride()) {
      if (shape.dim(axis) == 1) {
        continue;
      }
      if (strides[axis] != expected) {
        return false;
      }
      expected *= shape.dim(axis);
    }
    return true;
  }

  /**
   * Strides of a dense tensor of this view's shape whose axes lie in memory in the same order as
   * this view's; where two strides are equal, as in broadcast axes, the later axis moves faster.
   */
  public long[] denseStridesLikeThis() {
    long[] dense = new long[strides.length];
    long step = 1;
    for (int axis : axesByStride()) {
      dense[axis] = step;
      step *= Math.max(shape.dim(axis), 1);
    }
    return dense;
  }

  /** Axes from the smallest stride to the largest; insertion sort, stable, later axes first. */
  private int[] axesByStride() {
    int[] order = new int[strides.length];
    for (int i = 0; i < order.length; i++) {
      int axis = order.length - 1 - i;
      int j = i;
      while (j > 0 && strides[order[j - 1]] > strides[axis]) {
        order[j] = order[j - 1];
        j--;
      }
      order[j] = axis;
    }
    return order;
  }

  /**
   * The view with its axes in another order: axis i of the result is axis {@code order[i]} of this.
   *
   * @throws ShapeException if the order does not name every axis once, counted from the front
   */
  public View permute(int... order) {
    requirePermutation(order);
    int[] lengths = new int[order.length];
    long[] permuted = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      lengths[i] = shape.dim(order[i]);
      permuted[i] = strides[order[i]];
    }
    return new View(storage, dtype, Shape.of(lengths), permuted, offset);
  }

  private void requirePermutation(int[] order) {
    boolean[] named = new boolean[shape.rank()];
    boolean permutation = order.length == named.length;
    for (int i = 0; permutation && i < order.length; i++) {
      permutation = order[i] >= 0 && order[i] < named.length && !named[order[i]];
      if (permutation) {
        named[order[i]] = true;
      }
    }
    if (!permutation) {
      throw new ShapeException(
          "permute: the order does not name every axis once\n  view    "
              + this
              + "\n  order   "
              + Arrays.toString(order));
    }
  }

  /**
   * The view with its last two axes exchanged.
   *
   * @throws ShapeException if there are fewer than two
   */
  public View transposed() {
    if (shape.rank() < 2) {
      throw new ShapeException("transposed: needs two axes\n  view    " + this);
    }
    int[] order = new int[shape.rank()];
    Arrays.setAll(order, i -> i);
    order[order.length - 1] = order.length - 2;
    order[order.length - 2] = order.length - 1;
    return permute(order);
  }

  /** Every {@code step}-th element of an axis, {@code length} of them, from {@code start} on. */
  public View slice(int axis, int start, int length, int step) {
    long[] stepped = strides.clone();
    stepped[axis] *= step;
    return View.of(
        storage, dtype, shape.with(axis, length), stepped, offset + start * strides[axis]);
  }

  /**
   * The elements whose indices along two axes differ by an offset, as a new last axis.
   *
   * @param row an axis
   * @param column another axis
   * @param offset column index − row index
   * @throws ShapeException if the axes are one and the same
   */
  public View diagonal(int row, int column, int offset) {
    if (row == column) {
      throw new ShapeException(
          "diagonal: needs two axes, here twice " + row + "\n  view    " + this);
    }
    int firstRow = Math.max(-offset, 0);
    int firstColumn = Math.max(offset, 0);
    int length =
        Math.clamp(
            Math.min(shape.dim(row) - (long) firstRow, shape.dim(column) - (long) firstColumn),
            0,
            Integer.MAX_VALUE);
    int[] lengths = new int[strides.length - 1];
    long[] kept = new long[strides.length - 1];
    int count = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      if (axis != row && axis != column) {
        lengths[count] = shape.dim(axis);
        kept[count++] = strides[axis];
      }
    }
    lengths[count] = length;
    kept[count] = strides[row] + strides[column];
    long first = length == 0 ? 0 : firstRow * strides[row] + firstColumn * strides[column];
    return View.of(storage, dtype, Shape.of(lengths), kept, offset() + first);
  }

  /**
   * The view stretched to a shape it broadcasts to, without copying: stretched axes get stride 0.
   *
   * @throws ShapeException if an axis is neither equal nor 1
   */
  public View expand(Shape target) {
    long[] expanded = new long[target.rank()];
    int missing = target.rank() - shape.rank();
    if (missing < 0) {
      throw new ShapeException("expand: " + shape + " has more axes than " + target);
    }
    for (int axis = 0; axis < target.rank(); axis++) {
      int own = axis - missing;
      if (own >= 0 && shape.dim(own) == target.dim(axis)) {
        expanded[axis] = strides[own];
      } else if (own >= 0 && shape.dim(own) != 1) {
        throw new ShapeException("expand: " + shape + " does not stretch to " + target);
      }
    }
    return new View(storage, dtype, target, expanded, offset);
  }

  /**
   * The same elements, in row-major order of their indices, under another shape; null where that
   * needs a copy.
   *
   * @throws ShapeException if the numbers of elements differ
   */
  public @Nullable View reshape(Shape target) {
    if (target.size() != shape.size()) {
      throw new ShapeException(
          "reshape: "
              + shape
              + " has "
              + shape.size()
              + " elements, "
              + target
              + " has "
              + target.size());
    }
    long[] result = ReshapeStrides.of(shape, strides, target);
    return result == null ? null : new View(storage, dtype, target, result, offset);
  }

  /** The element type, shape, strides and offset, for messages. */
  @Override
  public String toString() {
    return dtype + "" + shape + " strides " + Arrays.toString(strides) + " offset " + offset;
  }
}
