package dev.tempera.cpu.kernel;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.data.DType;
import dev.tempera.data.HostStorage;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Convolutions of float32 images. */
public final class CpuConv2d {
  private final CpuMemory memory;
  private final Workers workers;
  private final CpuElementwise elementwise;

  /** Convolutions in this memory by these threads. */
  public CpuConv2d(CpuMemory memory, Workers workers, CpuElementwise elementwise) {
    this.memory = memory;
    this.workers = workers;
    this.elementwise = elementwise;
  }

  /** See {@link dev.tempera.backend.ConvOps#conv2d}; float32 only, results channels-last. */
  public Activated conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    Shape shape = params.outputShape(x.shape(), weight.shape());
    View sums = memory.allocate(DType.FLOAT32, shape, MemoryOrder.CHANNELS_LAST);
    workers.run(
        shape.dim(0) * shape.dim(2), task -> row(x, weight, params, epilogue.bias(), sums, task));
    if (!epilogue.relu()) {
      return new Activated(sums, (Mask) null);
    }
    Activated activated = elementwise.relu(sums, epilogue.keepMask());
    sums.storage().release();
    return activated;
  }

  private static void row(
      View x, View weight, Conv2dParams params, @Nullable View bias, View sums, int task) {
    Shape shape = sums.shape();
    int n = task / shape.dim(2);
    int i = task % shape.dim(2);
    for (int j = 0; j < shape.dim(3); j++) {
      for (int o = 0; o < shape.dim(1); o++) {
        float sum = bias == null ? 0 : get(bias, o);
        sum += window(x, weight, params, n, o, i, j);
        ((HostStorage) sums.storage())
            .segment()
            .setAtIndex(ValueLayout.JAVA_FLOAT, sums.indexOf(n, o, i, j), sum);
      }
    }
  }

  private static float window(
      View x, View weight, Conv2dParams params, int n, int o, int i, int j) {
    int channels = weight.shape().dim(1);
    int firstChannel = o / (weight.shape().dim(0) / params.groups()) * channels;
    float sum = 0;
    for (int u = 0; u < weight.shape().dim(2); u++) {
      int y = i * params.strideY() + u * params.dilationY() - params.padding().top();
      int row = params.padding().mode().source(y, x.shape().dim(2));
      for (int v = 0; v < weight.shape().dim(3); v++) {
        int z = j * params.strideX() + v * params.dilationX() - params.padding().left();
        int column = params.padding().mode().source(z, x.shape().dim(3));
        for (int c = 0; row >= 0 && column >= 0 && c < channels; c++) {
          sum += get(x, n, firstChannel + c, row, column) * get(weight, o, c, u, v);
        }
      }
    }
    return sum;
  }

  private static float get(View view, int... coordinates) {
    return ((HostStorage) view.storage())
        .segment()
        .get(ValueLayout.JAVA_FLOAT_UNALIGNED, view.indexOf(coordinates) * Float.BYTES);
  }
}
