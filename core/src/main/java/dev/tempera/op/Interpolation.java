package dev.tempera.op;

import dev.tempera.backend.AxisWeights;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * How {@link Resize2d} finds values between pixels. Positions and weights are those of PyTorch's
 * interpolate.
 */
public enum Interpolation {
  /** The pixel whose area the position falls into: index ⌊i·step⌋. */
  NEAREST(0.5, 0) {
    @Override
    double kernel(double distance, boolean antialias) {
      return 1;
    }
  },
  /** Straight lines between neighbours. */
  BILINEAR(1, 1) {
    @Override
    double kernel(double distance, boolean antialias) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },
  /**
   * Cubic convolution (Keys, 1981) with a = −¾, or a = −½ when antialiased, as PyTorch and Pillow
   * have it.
   */
  BICUBIC(2, 2) {
    @Override
    double kernel(double distance, boolean antialias) {
      double a = antialias ? -0.5 : -0.75;
      double x = Math.abs(distance);
      if (x <= 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
  };

  private final double support;
  private final int reach;

  Interpolation(double support, int reach) {
    this.support = support;
    this.reach = reach;
  }

  /** The weight of a pixel at a distance, in pixels, from the position. */
  abstract double kernel(double distance, boolean antialias);

  /**
   * The map from an axis to one of another length; pixel centres lie at half-integers and the ends
   * of both axes meet.
   *
   * @param antialias whether shrinking averages over all pixels that an output pixel covers
   */
  public AxisWeights weights(int from, int to, boolean antialias) {
    return weights(from, to, (double) from / to, antialias);
  }

  /**
   * The map from an axis to one of another length, at a scale that need not be their ratio: pixel
   * centres lie at half-integers and the first ends of both axes meet.
   *
   * @param step source pixels from one output pixel to the next
   * @param antialias whether shrinking averages over all pixels that an output pixel covers
   */
  public AxisWeights weights(int from, int to, double step, boolean antialias) {
    return switch (this) {
      case NEAREST -> nearest(from, to, i -> i * step);
      case BILINEAR ->
          antialias
              ? area(from, to, step)
              : local(from, to, i -> Math.max((i + 0.5) * step - 0.5, 0));
      case BICUBIC ->
          antialias ? area(from, to, step) : local(from, to, i -> (i + 0.5) * step - 0.5);
    };
  }

  /**
   * The map from an axis to one of another length that keeps the first and the last pixel in their
   * places; a single output pixel stands at the first.
   */
  public AxisWeights alignedWeights(int from, int to) {
    double step = to > 1 ? (from - 1.0) / (to - 1) : 0;
    return switch (this) {
      case NEAREST -> nearest(from, to, i -> i * step + 0.5);
      case BILINEAR, BICUBIC -> local(from, to, i -> i * step);
    };
  }

  /** The pixel that the position of each output pixel falls into. */
  private static AxisWeights nearest(int from, int to, IntToDoubleFunction position) {
    int[] sources = new int[to];
    int[] starts = new int[to + 1];
    for (int i = 0; i < to; i++) {
      sources[i] = Math.min((int) Math.floor(position.applyAsDouble(i)), from - 1);
      starts[i + 1] = i + 1;
    }
    double[] ones = new double[to];
    Arrays.fill(ones, 1);
    return AxisWeights.of(from, starts, sources, ones);
  }

  /** The nearest pixels only, those beyond the edge replaced by the edge. */
  private AxisWeights local(int from, int to, IntToDoubleFunction positions) {
    int taps = 2 * reach;
    int[] starts = new int[to + 1];
    int[] sources = new int[to * taps];
    double[] weights = new double[to * taps];
    int entries = 0;
    for (int i = 0; i < to; i++) {
      double position = positions.applyAsDouble(i);
      int left = (int) Math.floor(position) - reach + 1;
      for (int tap = left; tap < left + taps; tap++) {
        int source = Math.min(Math.max(tap, 0), from - 1);
        double weight = kernel(position - tap, false);
        if (entries > starts[i] && sources[entries - 1] == source) {
          weights[entries - 1] += weight;
        } else {
          sources[entries] = source;
          weights[entries++] = weight;
        }
      }
      starts[i + 1] = entries;
    }
    return AxisWeights.of(
        from, starts, Arrays.copyOf(sources, entries), Arrays.copyOf(weights, entries));
  }

  /**
   * All pixels under the kernel, which widens with the scale; those beyond the edge do not count.
   */
  private AxisWeights area(int from, int to, double step) {
    double stretch = Math.max(step, 1);
    double radius = support * stretch;
    int[] starts = new int[to + 1];
    int[] sources = new int[to * (2 * (int) Math.ceil(radius) + 1)];
    double[] weights = new double[sources.length];
    int entries = 0;
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * step;
      int first = Math.max((int) (centre - radius + 0.5), 0);
      int end = Math.min((int) (centre + radius + 0.5), from);
      double total = 0;
      for (int source = first; source < end; source++) {
        double weight = kernel((source - centre + 0.5) / stretch, true);
        sources[entries] = source;
        weights[entries++] = weight;
        total += weight;
      }
      for (int entry = starts[i]; entry < entries; entry++) {
        weights[entry] /= total;
      }
      starts[i + 1] = entries;
    }
    return AxisWeights.of(
        from, starts, Arrays.copyOf(sources, entries), Arrays.copyOf(weights, entries));
  }
}
