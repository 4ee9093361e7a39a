package dev.tempera.forecast;

import dev.tempera.backend.MatmulOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Stacks of matrices with the rows of the first factor and the columns of the second. */
interface NullMatmul extends MatmulOps, NullMemory {
  @Override
  default View matmul(View a, View b) {
    int stack = Math.max(a.shape().dim(0), b.shape().dim(0));
    Shape shape = Shape.of(stack, a.shape().dim(1), b.shape().dim(2));
    return product("matmul", a, b, shape, false);
  }

  @Override
  default View gram(View features) {
    Shape shape = MatmulOps.gramShape(features.shape());
    return product("gram", features, features.transposed(), shape, true);
  }

  private View product(String op, View a, View b, Shape shape, boolean symmetric) {
    View result = make(op, a.dtype(), shape, MemoryOrder.ROW_MAJOR);
    ledger().run(op, ledger().model().matmul(a, b, symmetric));
    return result;
  }
}
