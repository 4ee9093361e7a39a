package dev.tempera.op;

import dev.tempera.backend.AxisWeights;
import java.util.Arrays;

/**
 * How {@link Resize2d} finds values between pixels. Positions and weights are those of PyTorch's
 * interpolate.
 */
public enum Interpolation {
  /** The pixel whose area the position falls into: index ⌊i·scale⌋. */
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
    double scale = (double) from / to;
    if (this == NEAREST) {
      return nearest(from, to, scale);
    }
    return antialias ? area(from, to, scale) : local(from, to, scale);
  }

  private static AxisWeights nearest(int from, int to, double scale) {
    int[] sources = new int[to];
    int[] starts = new int[to + 1];
    for (int i = 0; i < to; i++) {
      sources[i] = Math.min((int) Math.floor(i * scale), from - 1);
      starts[i + 1] = i + 1;
    }
    double[] ones = new double[to];
    Arrays.fill(ones, 1);
    return AxisWeights.of(from, starts, sources, ones);
  }

  /** The nearest pixels only, those beyond the edge replaced by the edge. */
  private AxisWeights local(int from, int to, double scale) {
    int taps = 2 * reach;
    int[] starts = new int[to + 1];
    int[] sources = new int[to * taps];
    double[] weights = new double[to * taps];
    int entries = 0;
    for (int i = 0; i < to; i++) {
      double position = (i + 0.5) * scale - 0.5;
      if (this == BILINEAR) {
        position = Math.max(position, 0);
      }
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
  private AxisWeights area(int from, int to, double scale) {
    double stretch = Math.max(scale, 1);
    double radius = support * stretch;
    int[] starts = new int[to + 1];
    int[] sources = new int[to * (2 * (int) Math.ceil(radius) + 1)];
    double[] weights = new double[sources.length];
    int entries = 0;
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
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
