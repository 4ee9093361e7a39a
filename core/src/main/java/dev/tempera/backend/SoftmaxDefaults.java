package dev.tempera.backend;

import dev.tempera.data.DType;
import dev.tempera.data.View;

/** The softmax family made of other primitives. Correct on any backend. */
final class SoftmaxDefaults {
  private SoftmaxDefaults() {}

  /** See {@link SoftmaxOps#softmax}. */
  static View softmax(SoftmaxOps backend, View x, int axis) {
    View largest = backend.reduce(ReduceOp.MAX, x, new int[] {axis});
    View power = exp(backend, stretched(backend, BinaryOp.SUBTRACT, x, largest));
    View sum = backend.reduce(ReduceOp.SUM, power, new int[] {axis});
    View y = stretched(backend, BinaryOp.DIVIDE, power, sum);
    power.storage().release();
    return y;
  }

  /** See {@link SoftmaxOps#logSoftmax}. */
  static View logSoftmax(SoftmaxOps backend, View x, int axis) {
    View largest = backend.reduce(ReduceOp.MAX, x, new int[] {axis});
    View shifted = stretched(backend, BinaryOp.SUBTRACT, x, largest);
    View y = stretched(backend, BinaryOp.SUBTRACT, shifted, logSumExp(backend, shifted, axis));
    shifted.storage().release();
    return y;
  }

  /** See {@link SoftmaxOps#logSumExp}. */
  static View logSumExp(SoftmaxOps backend, View x, int axis) {
    View largest = backend.reduce(ReduceOp.MAX, x, new int[] {axis});
    double bound = x.dtype() == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    View finite = backend.unary(UnaryOp.CLAMP, largest, -bound, bound);
    largest.storage().release();
    finite.storage().retain();
    View power = exp(backend, stretched(backend, BinaryOp.SUBTRACT, x, finite));
    View sum = backend.reduce(ReduceOp.SUM, power, new int[] {axis});
    power.storage().release();
    View logarithm = backend.unary(UnaryOp.LOG, sum, 0, 0);
    sum.storage().release();
    View y = stretched(backend, BinaryOp.ADD, logarithm, finite);
    logarithm.storage().release();
    return y;
  }

  /** See {@link SoftmaxOps#softmaxGrad}. */
  static View softmaxGrad(SoftmaxOps backend, View gradient, View y, int axis) {
    View product = backend.binary(BinaryOp.MULTIPLY, y, gradient);
    View sum = backend.reduce(ReduceOp.SUM, product, new int[] {axis});
    product.storage().release();
    View centred = stretched(backend, BinaryOp.SUBTRACT, gradient, sum);
    View result = backend.binary(BinaryOp.MULTIPLY, y, centred);
    centred.storage().release();
    return result;
  }

  /** See {@link SoftmaxOps#logSoftmaxGrad}. */
  static View logSoftmaxGrad(SoftmaxOps backend, View gradient, View y, int axis) {
    View sum = backend.reduce(ReduceOp.SUM, gradient, new int[] {axis});
    View power = backend.unary(UnaryOp.EXP, y, 0, 0);
    View share = stretched(backend, BinaryOp.MULTIPLY, power, sum);
    power.storage().release();
    View result = backend.binary(BinaryOp.SUBTRACT, gradient, share);
    share.storage().release();
    return result;
  }

  /** {@code op} of a tensor and one that is stretched to its shape and given back. */
  private static View stretched(SoftmaxOps backend, BinaryOp op, View x, View narrow) {
    View result = backend.binary(op, x, narrow.expand(x.shape()));
    narrow.storage().release();
    return result;
  }

  /** The exponential of a tensor that is given back. */
  private static View exp(SoftmaxOps backend, View x) {
    View result = backend.unary(UnaryOp.EXP, x, 0, 0);
    x.storage().release();
    return result;
  }
}
