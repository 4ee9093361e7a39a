package dev.tempera.tensor;

import dev.tempera.op.Argmax;
import dev.tempera.op.Argmin;
import dev.tempera.op.CumulativeSum;
import dev.tempera.op.Extremum;
import dev.tempera.op.LogSoftmax;
import dev.tempera.op.LogSumExp;
import dev.tempera.op.Norm;
import dev.tempera.op.Product;
import dev.tempera.op.Softmax;
import dev.tempera.op.Sum;
import dev.tempera.op.Variance;

/** Sums, extremes and what else runs along axes; no axes means all. */
sealed interface FluentReductions permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The sum over some axes, which disappear. */
  default Tensor sum(int... axes) {
    return Sum.sum(self(), axes);
  }

  /** The mean over some axes, which disappear. */
  default Tensor mean(int... axes) {
    return Sum.mean(self(), axes);
  }

  /** The largest elements along some axes, which disappear. */
  default Tensor max(int... axes) {
    return Extremum.max(self(), axes);
  }

  /** The smallest elements along some axes, which disappear. */
  default Tensor min(int... axes) {
    return Extremum.min(self(), axes);
  }

  /** The population variance over some axes, which disappear. */
  default Tensor variance(int... axes) {
    return Variance.apply(self(), axes);
  }

  /** The index of the first largest element along an axis, which disappears; int32. */
  default Tensor argmax(int axis) {
    return Argmax.apply(self(), axis);
  }

  /** The index of the first smallest element along an axis, which disappears; int32. */
  default Tensor argmin(int axis) {
    return Argmin.apply(self(), axis);
  }

  /** The product over some axes, which disappear. */
  default Tensor product(int... axes) {
    return Product.apply(self(), axes);
  }

  /** The Euclidean norm over some axes, which disappear. */
  default Tensor norm(int... axes) {
    return Norm.apply(self(), 2, axes);
  }

  /** The sum of each element and all before it along an axis. */
  default Tensor cumulativeSum(int axis) {
    return CumulativeSum.apply(self(), axis);
  }

  /** log Σ eˣ along an axis, which disappears. */
  default Tensor logSumExp(int axis) {
    return LogSumExp.apply(self(), axis);
  }

  /** The exponentials along an axis, divided by their sum. */
  default Tensor softmax(int axis) {
    return Softmax.apply(self(), axis);
  }

  /** The logarithms of the softmax along an axis. */
  default Tensor logSoftmax(int axis) {
    return LogSoftmax.apply(self(), axis);
  }
}
