package dev.tempera.forecast;

import dev.tempera.backend.SoftmaxOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;

/** Results laid out as the backend likes, and sums, which have length 1 along the axis. */
interface NullSoftmax extends SoftmaxOps, NullMemory {
  @Override
  default View softmax(View x, int axis) {
    return make("softmax", x.dtype(), x.shape(), ledger().model().softmaxStrides(x, axis));
  }

  @Override
  default View logSoftmax(View x, int axis) {
    return make("logSoftmax", x.dtype(), x.shape(), ledger().model().softmaxStrides(x, axis));
  }

  @Override
  default View logSumExp(View x, int axis) {
    return make("logSumExp", x.dtype(), x.shape().with(axis, 1), MemoryOrder.ROW_MAJOR);
  }

  @Override
  default View softmaxGrad(View gradient, View y, int axis) {
    return make("softmaxGrad", y.dtype(), y.shape(), ledger().model().softmaxStrides(y, axis));
  }

  @Override
  default View logSoftmaxGrad(View gradient, View y, int axis) {
    return make("logSoftmaxGrad", y.dtype(), y.shape(), ledger().model().softmaxStrides(y, axis));
  }
}
