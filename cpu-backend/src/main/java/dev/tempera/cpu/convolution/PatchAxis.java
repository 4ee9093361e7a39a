package dev.tempera.cpu.convolution;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One axis (rows or columns) of a convolution: which image line each tap of the kernel meets at
 * each output line.
 *
 * <p>A convolution's input gradient is a convolution of its output gradient, with taps that meet
 * only every stride-th line. Its axis is cut into as many phases as the stride, each with the taps
 * that meet existing lines for all of its outputs.
 */
final class PatchAxis {
  private final Progression outputs;
  private final Progression taps;
  private final int[] sources;

  /**
   * An axis.
   *
   * @param outputs the output lines, as positions in the result
   * @param taps the taps, as positions in the kernel
   * @param sources image line of tap t at output i, at index t·outputs + i; negative for a zero
   */
  private PatchAxis(Progression outputs, Progression taps, int[] sources) {
    this.outputs = outputs;
    this.taps = taps;
    this.sources = sources;
  }

  /**
   * The rows of a convolution.
   *
   * @param image (N, C, H, W)
   * @param output (N, Cout, H′, W′)
   * @param weight (Cout, C/groups, kH, kW)
   */
  static PatchAxis ofRows(Shape image, Shape output, Shape weight, Conv2dParams params) {
    return forward(
        image.dim(2),
        output.dim(2),
        weight.dim(2),
        params.strideY(),
        params.dilationY(),
        params.padding().top(),
        params.padding().mode());
  }

  /** The columns of a convolution; see {@link #ofRows}. */
  static PatchAxis ofColumns(Shape image, Shape output, Shape weight, Conv2dParams params) {
    return forward(
        image.dim(3),
        output.dim(3),
        weight.dim(3),
        params.strideX(),
        params.dilationX(),
        params.padding().left(),
        params.padding().mode());
  }

  private static PatchAxis forward(
      int length, int outputs, int taps, int stride, int dilation, int before, PaddingMode mode) {
    int[] sources = new int[taps * outputs];
    for (int tap = 0; tap < taps; tap++) {
      for (int i = 0; i < outputs; i++) {
        sources[tap * outputs + i] = mode.source(i * stride + tap * dilation - before, length);
      }
    }
    return new PatchAxis(Progression.all(outputs), Progression.all(taps), sources);
  }

  /**
   * The phases of the axis of an input gradient of a convolution with zero padding.
   *
   * @param gradientLength lines of the output gradient
   * @param length lines of the input gradient
   */
  static List<PatchAxis> backward(
      int gradientLength, int length, int taps, int stride, int dilation, int before) {
    List<PatchAxis> phases = new ArrayList<>();
    for (int first = 0; first < Math.min(stride, length); first++) {
      int[] met = tapsThatMeet(first + before, taps, stride, dilation);
      int outputs = Math.ceilDiv(length - first, stride);
      int[] sources = new int[met.length * outputs];
      for (int t = 0; t < met.length; t++) {
        int line = (first + before - met[t] * dilation) / stride;
        for (int i = 0; i < outputs; i++) {
          sources[t * outputs + i] = line + i < gradientLength ? line + i : -1;
        }
      }
      phases.add(new PatchAxis(new Progression(outputs, first, stride), progression(met), sources));
    }
    return phases;
  }

  /** Taps whose distance from a padded image line is a multiple of the stride; evenly spaced. */
  private static int[] tapsThatMeet(int line, int taps, int stride, int dilation) {
    int[] met = new int[taps];
    int count = 0;
    for (int tap = 0; tap < taps; tap++) {
      if (Math.floorMod(line - tap * dilation, stride) == 0) {
        met[count++] = tap;
      }
    }
    return Arrays.copyOf(met, count);
  }

  private static Progression progression(int[] positions) {
    int first = positions.length == 0 ? 0 : positions[0];
    int step = positions.length < 2 ? 1 : positions[1] - positions[0];
    return new Progression(positions.length, first, step);
  }

  /** The output lines, as positions in the result. */
  Progression outputs() {
    return outputs;
  }

  /** The taps, as positions in the kernel. */
  Progression taps() {
    return taps;
  }

  /**
   * Byte offsets of the image lines that taps meet; that of tap t at output i is at index t·outputs
   * + i; negative for a zero.
   */
  long[] offsets(long lineStride) {
    long[] offsets = new long[sources.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = sources[i] < 0 ? -1 : sources[i] * lineStride;
    }
    return offsets;
  }
}
