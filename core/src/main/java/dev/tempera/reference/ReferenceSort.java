package dev.tempera.reference;

import dev.tempera.backend.SortOps;
import dev.tempera.backend.SortOrder;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Sorts each line by comparing its elements. */
interface ReferenceSort extends SortOps, ReferenceMemory {
  @Override
  default Sorted sort(View x, int axis, SortOrder order) {
    View values = allocate(x.dtype(), x.shape(), MemoryOrder.ROW_MAJOR);
    View indices = allocate(DType.INT32, x.shape(), MemoryOrder.ROW_MAJOR);
    Lines in = new Lines(x, axis);
    Lines sorted = new Lines(values, axis);
    Lines places = new Lines(indices, axis);
    Lines.forEach(
        x.shape(),
        axis,
        at -> {
          double[] line = in.get(at);
          int[] ranked = ranked(line, order);
          sorted.set(IntStream.of(ranked).mapToDouble(place -> line[place]).toArray(), at);
          places.set(IntStream.of(ranked).asDoubleStream().toArray(), at);
        });
    return new Sorted(values, indices);
  }

  private static int[] ranked(double[] line, SortOrder order) {
    // Adding 0 turns −0 into 0.
    Comparator<Integer> byValue = Comparator.comparingDouble(place -> line[place] + 0.0);
    Comparator<Integer> comparator =
        switch (order) {
          case ASCENDING -> byValue;
          case DESCENDING -> byValue.reversed();
        };
    return IntStream.range(0, line.length)
        .boxed()
        .sorted(comparator)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
