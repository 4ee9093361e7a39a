package dev.tempera.style.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The directions in which the brush moves: a wavy stream from left to right that curls into whirls
 * of several sizes. Lengths are in units of the canvas width, y points down.
 */
final class FlowField {
  /** Radii of the whirls, largest first, and how often each is tried. */
  private static final double[] RADII = {0.200, 0.125, 0.085, 0.058, 0.038};

  private static final int[] TRIES = {6, 14, 22, 40, 46};

  private final LatticeNoise noise;
  private final List<Whirl> whirls;

  /**
   * One whirl.
   *
   * @param spin 1 or −1, the sense of the turn
   * @param warmth 0 for one of cold colours to 1 for one of warm colours
   */
  record Whirl(double x, double y, double radius, int spin, double warmth) {
    /** The distance from the centre in units of the radius. */
    double reach(double px, double py) {
      double dx = px - x;
      double dy = py - y;
      return Math.sqrt(dx * dx + dy * dy) / radius;
    }
  }

  /** A field for a canvas of width 1 and this height. */
  FlowField(double height, LatticeNoise noise, Random random) {
    this.noise = noise;
    this.whirls = scatter(height, random);
  }

  private static List<Whirl> scatter(double height, Random random) {
    List<Whirl> placed = new ArrayList<>();
    for (int size = 0; size < RADII.length; size++) {
      for (int attempt = 0; attempt < TRIES[size]; attempt++) {
        Whirl whirl =
            new Whirl(
                random.nextDouble(),
                random.nextDouble() * (height - 1.1 * RADII[size]),
                RADII[size] * (0.85 + 0.3 * random.nextDouble()),
                random.nextBoolean() ? 1 : -1,
                random.nextDouble() < 0.48 ? 0.75 + 0.25 * random.nextDouble() : 0);
        boolean free =
            placed.stream()
                .allMatch(
                    other ->
                        other.reach(whirl.x(), whirl.y()) * other.radius()
                            > 0.92 * (other.radius() + whirl.radius()));
        if (free) {
          placed.add(whirl);
        }
      }
    }
    return List.copyOf(placed);
  }

  List<Whirl> whirls() {
    return whirls;
  }

  /** The direction at a point, as a vector of length 1 whose z is 0. */
  Vector direction(double x, double y) {
    double angle = 1.1 * noise.fractal(x * 3.2, y * 3.2, 2);
    double dx = StrictMath.cos(angle);
    double dy = StrictMath.sin(angle);
    for (Whirl whirl : whirls) {
      double awayX = x - whirl.x();
      double awayY = y - whirl.y();
      double squared = awayX * awayX + awayY * awayY;
      double influence = 1.7 * whirl.radius();
      if (squared < influence * influence) {
        double reach = Math.sqrt(squared) / whirl.radius();
        double pull = 4.5 * (1 - Vector.step(0.55, 1.7, reach));
        double scale = pull / Math.max(reach * whirl.radius(), 1e-4);
        double inward = 0.16;
        dx += scale * (-whirl.spin() * awayY - inward * awayX);
        dy += scale * (whirl.spin() * awayX - inward * awayY);
      }
    }
    return new Vector(dx, dy, 0).normalized();
  }
}
