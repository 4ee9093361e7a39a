package dev.tempera.cpu;

import dev.tempera.backend.MemoryOps;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/**
 * Random float32 views for tests of kernels. Elements are small whole numbers, so that sums of
 * products are exact in float32 and a kernel must agree with its oracle to the bit, in whatever
 * order it adds.
 */
public final class TestViews {
  private static final int LARGEST = 8;

  private TestViews() {}

  /** A dense row-major view. */
  public static View dense(MemoryOps backend, Random random, int... lengths) {
    View view = backend.allocate(DType.FLOAT32, Shape.of(lengths), MemoryOrder.ROW_MAJOR);
    fill(view, random);
    return view;
  }

  /** A dense (N, C, H, W) view in channels-last order. */
  public static View channelsLast(MemoryOps backend, Random random, int... lengths) {
    View view = backend.allocate(DType.FLOAT32, Shape.of(lengths), MemoryOrder.CHANNELS_LAST);
    fill(view, random);
    return view;
  }

  /** A view with axes in a random order, an offset, and perhaps gaps between elements. */
  public static View scattered(MemoryOps backend, Random random, int... lengths) {
    int[] order = shuffled(random, lengths.length);
    int[] back = new int[lengths.length];
    int[] grown = new int[lengths.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
      grown[i] = lengths[order[i]] * 2 + 1;
    }
    View view = dense(backend, random, grown);
    for (int i = 0; i < order.length; i++) {
      view = view.slice(i, random.nextInt(2), lengths[order[i]], 1 + random.nextInt(2));
    }
    return view.permute(back);
  }

  private static int[] shuffled(Random random, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static void fill(View view, Random random) {
    MemorySegment segment = ((HostStorage) view.storage()).segment();
    for (long i = 0; i < view.shape().size(); i++) {
      float value = random.nextInt(2 * LARGEST + 1) - LARGEST;
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
  }

  /** The elements in row-major order. */
  public static float[] elements(View view) {
    float[] values = new float[Math.toIntExact(view.shape().size())];
    MemorySegment segment = ((HostStorage) view.storage()).segment();
    int[] at = new int[view.shape().rank()];
    for (int i = 0; i < values.length; i++) {
      values[i] = segment.getAtIndex(ValueLayout.JAVA_FLOAT, view.indexOf(at));
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == view.shape().dim(axis); axis--) {
        at[axis] = 0;
      }
    }
    return values;
  }
}
