package dev.tempera.reference;

import dev.tempera.backend.AxisWeights;
import dev.tempera.backend.ResampleOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Both axes at once, each output element by itself. */
interface ReferenceResample extends ResampleOps, ReferenceMemory {
  @Override
  default View resample2d(View x, AxisWeights rows, AxisWeights columns) {
    Shape shape = Shape.of(x.shape().dim(0), x.shape().dim(1), rows.length(), columns.length());
    View result = allocate(x.dtype(), shape, MemoryOrder.ROW_MAJOR);
    Elements in = new Elements(x);
    Elements out = new Elements(result);
    Coordinates.forEach(
        shape,
        at -> {
          double sum = 0;
          for (int r = rows.start(at[2]); r < rows.start(at[2] + 1); r++) {
            for (int c = columns.start(at[3]); c < columns.start(at[3] + 1); c++) {
              sum +=
                  rows.weight(r)
                      * columns.weight(c)
                      * in.get(at[0], at[1], rows.source(r), columns.source(c));
            }
          }
          out.set(sum, at);
        });
    return result;
  }
}
