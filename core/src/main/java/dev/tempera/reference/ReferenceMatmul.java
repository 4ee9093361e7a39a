package dev.tempera.reference;

import dev.tempera.backend.MatmulOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Rows times columns with a double accumulator. */
interface ReferenceMatmul extends MatmulOps, ReferenceMemory {
  @Override
  default View matmul(View a, View b) {
    int length = a.shape().dim(2);
    Shape shape = Shape.of(a.shape().dim(0), a.shape().dim(1), b.shape().dim(2));
    View result = allocate(a.dtype(), shape, MemoryOrder.ROW_MAJOR);
    Elements left = new Elements(a);
    Elements right = new Elements(b);
    Elements out = new Elements(result);
    Coordinates.forEach(
        shape,
        at -> {
          double sum = 0;
          for (int k = 0; k < length; k++) {
            sum += left.get(at[0], at[1], k) * right.get(at[0], k, at[2]);
          }
          out.set(sum, at);
        });
    return result;
  }
}
