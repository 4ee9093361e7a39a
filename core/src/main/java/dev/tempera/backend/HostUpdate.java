package dev.tempera.backend;

import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An update computed in main memory, in double, one element after another: what every backend can
 * do, and what their own kernels are tested against.
 */
final class HostUpdate {
  private final MemoryOps backend;
  private final List<View> views = new ArrayList<>();
  private final List<Boolean> updated = new ArrayList<>();

  /** What is done with the elements of the same index. */
  @FunctionalInterface
  interface Rule {
    /** Reads the elements of all views and changes those of views that are updated. */
    void apply(double[] each);
  }

  private HostUpdate(MemoryOps backend) {
    this.backend = backend;
  }

  static HostUpdate of(MemoryOps backend) {
    return new HostUpdate(backend);
  }

  /** Adds a view that is read. */
  HostUpdate read(View view) {
    views.add(view);
    updated.add(false);
    return this;
  }

  /** Adds a view that is read and written. */
  HostUpdate update(View view) {
    views.add(view);
    updated.add(true);
    return this;
  }

  /** Applies a rule to all elements; views are numbered as they were added. */
  void run(Rule rule) {
    int count = Math.toIntExact(views.getFirst().shape().size());
    double[][] values = new double[views.size()][count];
    for (int k = 0; k < values.length; k++) {
      View wide = backend.converted(views.get(k), DType.FLOAT64, MemoryOrder.ROW_MAJOR);
      backend.download(wide, MemorySegment.ofArray(values[k]));
      wide.storage().release();
    }
    double[] each = new double[values.length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < each.length; k++) {
        each[k] = values[k][i];
      }
      rule.apply(each);
      for (int k = 0; k < each.length; k++) {
        values[k][i] = each[k];
      }
    }
    for (int k = 0; k < values.length; k++) {
      if (updated.get(k)) {
        write(values[k], views.get(k));
      }
    }
  }

  private void write(double[] values, View target) {
    View wide = backend.allocate(DType.FLOAT64, target.shape(), MemoryOrder.ROW_MAJOR);
    backend.upload(MemorySegment.ofArray(values), wide);
    backend.assign(target, wide);
    wide.storage().release();
  }
}
