package dev.tempera.cpu.convolution;

import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.List;

/**
 * The weights of a convolution, or the part of them that belongs to some taps, as one matrix for
 * each group.
 *
 * @param weight (Cout, Cin/groups, kH, kW)
 * @param transposed whether a patch has output channels, as for the input gradient
 */
record KernelStack(View weight, int groups, boolean transposed, Taps taps) {
  /** The taps of a kernel, or some of them. */
  record Taps(Progression rows, Progression columns) {
    /** All taps of a kernel. */
    static Taps all(Shape weight) {
      return new Taps(Progression.all(weight.dim(2)), Progression.all(weight.dim(3)));
    }
  }

  /** Tells packed forms of a storage apart. */
  record Key(
      Shape shape,
      List<Long> strides,
      long offset,
      int groups,
      boolean transposed,
      Taps taps,
      int panelWidth) {}

  /** The same weights with their taps in the order of these axes. */
  KernelStack along(PatchAxis rows, PatchAxis columns) {
    return new KernelStack(weight, groups, transposed, new Taps(rows.taps(), columns.taps()));
  }

  /** What this stack is packed under. */
  Key key(int panelWidth) {
    List<Long> strides =
        List.of(weight.stride(0), weight.stride(1), weight.stride(2), weight.stride(3));
    return new Key(weight.shape(), strides, weight.offset(), groups, transposed, taps, panelWidth);
  }

  /** Channels of a patch, in one group. */
  int channels() {
    return transposed ? outputChannels() : weight.shape().dim(1);
  }

  /** Channels of the result, in one group: columns of a matrix. */
  int columns() {
    return transposed ? weight.shape().dim(1) : outputChannels();
  }

  /** Rows of a matrix. */
  int depth() {
    return Math.multiplyExact(taps.rows.count() * taps.columns.count(), channels());
  }

  private int outputChannels() {
    return weight.shape().dim(0) / groups;
  }

  /** The matrix of any of the groups. */
  KernelMatrix matrix(int panelWidth) {
    long outputStride = bytes(0);
    long inputStride = bytes(1);
    return new KernelMatrix(
        taps.columns.count(),
        taps.rows.step() * bytes(2),
        taps.columns.step() * bytes(3),
        channels(),
        transposed ? outputStride : inputStride,
        transposed ? inputStride : outputStride,
        panelWidth);
  }

  /** Where a group's matrix begins. */
  long address(int group) {
    return Addresses.of(weight)
        + group * groupStride()
        + taps.rows.first() * bytes(2)
        + taps.columns.first() * bytes(3);
  }

  /** Bytes from a group's weights to the next group's. */
  long groupStride() {
    return outputChannels() * bytes(0);
  }

  private long bytes(int axis) {
    return weight.stride(axis) * Float.BYTES;
  }
}
