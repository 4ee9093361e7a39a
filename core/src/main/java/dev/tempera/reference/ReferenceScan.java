package dev.tempera.reference;

import dev.tempera.backend.ScanOps;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;

/** Running totals in double. */
interface ReferenceScan extends ScanOps, ReferenceMemory {
  @Override
  default View cumulativeSum(View x, int axis, boolean fromEnd) {
    View result = allocate(x.dtype(), x.shape(), MemoryOrder.ROW_MAJOR);
    Lines in = new Lines(x, axis);
    Lines out = new Lines(result, axis);
    Lines.forEach(
        x.shape(),
        axis,
        at -> {
          double[] line = in.get(at);
          double total = 0;
          for (int i = 0; i < line.length; i++) {
            int place = fromEnd ? line.length - 1 - i : i;
            total += line[place];
            line[place] = total;
          }
          out.set(line, at);
        });
    return result;
  }
}
