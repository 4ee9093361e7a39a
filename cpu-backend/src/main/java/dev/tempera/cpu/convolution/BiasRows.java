package dev.tempera.cpu.convolution;

import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** The bias of each group's channels, padded with zeros to whole panels. */
final class BiasRows implements AutoCloseable {
  private final @Nullable Scratch memory;
  private final long groupBytes;

  /**
   * Copies a bias.
   *
   * @param bias (Cout), or null
   */
  BiasRows(@Nullable View bias, int groups, int panelWidth, CpuMemory memory) {
    if (bias == null) {
      this.memory = null;
      this.groupBytes = 0;
      return;
    }
    int channels = bias.shape().dim(0) / groups;
    int padded = Math.ceilDiv(channels, panelWidth) * panelWidth;
    long stride = bias.stride(0) * Float.BYTES;
    this.memory = memory.scratch((long) groups * padded * Float.BYTES);
    this.groupBytes = (long) padded * Float.BYTES;
    RowLoops.fill(this.memory.address(), groups * padded, 0);
    for (int group = 0; group < groups; group++) {
      long source = Addresses.of(bias) + (long) group * channels * stride;
      RowLoops.gather(source, 0, stride, 1, channels, address(group), 0);
    }
  }

  /** The address of a group's bias; 0 if there is none. */
  long address(int group) {
    return memory == null ? 0 : memory.address() + group * groupBytes;
  }

  /** The address of the bias of a channel of a group; 0 if there is none. */
  long address(int group, int column) {
    return memory == null ? 0 : address(group) + (long) column * Float.BYTES;
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    }
  }
}
