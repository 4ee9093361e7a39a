package dev.tempera.cpu.convolution;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.PaddingMode;
import dev.tempera.data.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * One axis (rows or columns) of a convolution: which image line each tap of the kernel meets at
 * each output line. Tap t stands at position {@code i·outputStep + t·tapStep + origin} of the
 * padded image for output i.
 *
 * <p>A convolution's input gradient is a convolution of its output gradient, with taps that meet
 * only every stride-th line. Its axis is cut into as many phases as the stride, each with the taps
 * that meet lines at all of its outputs.
 *
 * @param outputs the output lines, as positions in the result
 * @param taps the taps, as positions in the kernel
 * @param outputStep lines from an output to the next
 * @param tapStep lines from a tap to the next
 * @param origin line of the first tap at the first output
 * @param length lines of the image
 * @param mode what stands beyond them
 */
record PatchAxis(
    Progression outputs,
    Progression taps,
    int outputStep,
    int tapStep,
    int origin,
    int length,
    PaddingMode mode) {
  /**
   * The rows of a convolution.
   *
   * @param image (N, C, H, W)
   * @param output (N, Cout, H′, W′)
   * @param weight (Cout, C/groups, kH, kW)
   */
  static PatchAxis ofRows(Shape image, Shape output, Shape weight, Conv2dParams params) {
    return new PatchAxis(
        Progression.all(output.dim(2)),
        Progression.all(weight.dim(2)),
        params.strideY(),
        params.dilationY(),
        -params.padding().top(),
        image.dim(2),
        params.padding().mode());
  }

  /** The columns of a convolution; see {@link #ofRows}. */
  static PatchAxis ofColumns(Shape image, Shape output, Shape weight, Conv2dParams params) {
    return new PatchAxis(
        Progression.all(output.dim(3)),
        Progression.all(weight.dim(3)),
        params.strideX(),
        params.dilationX(),
        -params.padding().left(),
        image.dim(3),
        params.padding().mode());
  }

  /**
   * The phases of the axis of an input gradient of a convolution with zero padding.
   *
   * @param gradientLength lines of the output gradient
   * @param length lines of the input gradient
   * @param before lines of padding
   */
  static List<PatchAxis> backward(
      int gradientLength, int length, int taps, int stride, int dilation, int before) {
    List<PatchAxis> phases = new ArrayList<>();
    for (int first = 0; first < Math.min(stride, length); first++) {
      Progression met = tapsThatMeet(first + before, taps, stride, dilation);
      phases.add(
          new PatchAxis(
              new Progression(Math.ceilDiv(length - first, stride), first, stride),
              met,
              1,
              -met.step() * dilation / stride,
              (first + before - met.first() * dilation) / stride,
              gradientLength,
              PaddingMode.ZERO));
    }
    return phases;
  }

  /** Taps whose distance from a padded image line is a multiple of the stride. */
  private static Progression tapsThatMeet(int line, int taps, int stride, int dilation) {
    int count = 0;
    int first = 0;
    int last = 0;
    for (int tap = 0; tap < taps; tap++) {
      if (Math.floorMod(line - tap * dilation, stride) == 0) {
        first = count == 0 ? tap : first;
        last = tap;
        count++;
      }
    }
    return new Progression(count, first, count < 2 ? 0 : (last - first) / (count - 1));
  }

  /** Whether taps meet neighbouring lines, in either order. */
  boolean isCompact() {
    return taps.count() == 1 || Math.abs(tapStep) == 1;
  }

  /** The same compact axis, with each tap one line after the one before it. */
  PatchAxis ascending() {
    int last = taps.count() - 1;
    if (last == 0 || tapStep > 0) {
      return new PatchAxis(outputs, taps, outputStep, 1, origin, length, mode);
    }
    Progression reversed =
        new Progression(taps.count(), taps.first() + last * taps.step(), -taps.step());
    return new PatchAxis(outputs, reversed, outputStep, 1, origin - last, length, mode);
  }

  /** The image line that a tap meets at an output; negative for a zero. */
  int source(int tap, int output) {
    return mode.source(position(tap, output), length);
  }

  /** Where a tap stands at an output, padding included: from 0 to the length inside the image. */
  int position(int tap, int output) {
    return output * outputStep + tap * tapStep + origin;
  }

  /** The first output at which a tap stands at this position or after it; may be out of range. */
  int outputAt(int tap, int position) {
    return Math.ceilDiv(position - position(tap, 0), outputStep);
  }
}
