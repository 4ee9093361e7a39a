package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.InnerProductLoops;
import dev.tempera.data.View;

/** Inner products of float32 tensors: sums over parts of one length, added in their order. */
public final class CpuInnerProduct {
  /** Elements of a part. */
  private static final int PART = 1 << 15;

  private final Workers workers;
  private final CpuCopy copy;
  private final CpuOptimizer optimizer;

  /** Inner products by these threads. */
  public CpuInnerProduct(Workers workers, CpuCopy copy, CpuOptimizer optimizer) {
    this.workers = workers;
    this.copy = copy;
    this.optimizer = optimizer;
  }

  /** The inner product of one part. */
  @FunctionalInterface
  private interface Part {
    double of(long byteOffset, int elements);
  }

  /** See {@link dev.tempera.backend.OptimizerOps#dot}; float32 only. */
  public double dot(View a, View b) {
    long[] order = a.denseStridesLikeThis();
    if (!lies(a, order)) {
      View dense = copy.reordered(a, order);
      double product = dot(dense, b);
      dense.storage().release();
      return product;
    }
    if (!lies(b, order)) {
      View dense = copy.reordered(b, order);
      double product = dot(a, dense);
      dense.storage().release();
      return product;
    }
    long left = Addresses.of(a);
    long right = Addresses.of(b);
    return sum(a, (offset, n) -> InnerProductLoops.dot(left + offset, right + offset, n));
  }

  /** See {@link dev.tempera.backend.OptimizerOps#addScaledDot}; float32 only. */
  public double addScaledDot(View target, View direction, double scale, View other) {
    long[] order = target.denseStridesLikeThis();
    if (!lies(target, order) || !lies(direction, order) || !lies(other, order)) {
      optimizer.addScaled(target, direction, scale);
      return dot(target, other);
    }
    long to = Addresses.of(target);
    long from = Addresses.of(direction);
    long right = Addresses.of(other);
    float factor = (float) scale;
    return sum(
        target,
        (offset, n) ->
            InnerProductLoops.addScaledDot(to + offset, from + offset, factor, right + offset, n));
  }

  private double sum(View like, Part part) {
    long elements = like.shape().size();
    double[] products = new double[Math.toIntExact(Math.ceilDiv(elements, PART))];
    workers.forRange(
        elements,
        PART,
        (start, end) ->
            products[(int) (start / PART)] = part.of(start * Float.BYTES, (int) (end - start)));
    double sum = 0;
    for (double product : products) {
      sum += product;
    }
    return sum;
  }

  /** Whether the elements of a view lie side by side in an order. */
  private static boolean lies(View view, long[] order) {
    return view.shape().size() == 0 || JointAxes.of(view.shape(), order, view.strides()).isOneRun();
  }
}
