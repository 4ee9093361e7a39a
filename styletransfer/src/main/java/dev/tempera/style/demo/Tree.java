package dev.tempera.style.demo;

import org.jspecify.annotations.Nullable;

/**
 * A tree made of leaves: small cells of space that are filled at random, the more likely the deeper
 * inside the crown.
 */
abstract class Tree implements Solid {
  private static final double STRIDE = 0.06;
  private static final double SHADOW_STRIDE = 0.4;
  private static final double LIGHT_STRIDE = 0.45;
  private static final int LIGHT_STEPS = 5;
  private static final double TRUNK_TOP = 0.8;
  private static final Vector BARK = new Vector(0.15, 0.11, 0.08);

  private final Vector foot;
  private final double height;
  private final double cellsPerMetre;
  private final LatticeNoise noise;
  private final ConvexSolid bounds;

  /**
   * A tree on this spot.
   *
   * @param reach how far the branches reach sideways, in units of the height
   * @param cellsPerMetre the fineness of the leaves
   */
  Tree(Vector foot, double height, double reach, double cellsPerMetre, LatticeNoise noise) {
    this.foot = foot;
    this.height = height;
    this.cellsPerMetre = cellsPerMetre;
    this.noise = noise;
    double side = reach * height;
    this.bounds =
        ConvexSolid.box(
            foot.plus(new Vector(-side, -1, -side)),
            foot.plus(new Vector(side, 1.05 * height, side)));
  }

  /** How deep inside the crown a point lies: 0 or less outside, 1 in the middle. */
  abstract double crown(Vector point);

  /** A direction out of the crown, of any length. */
  abstract Vector outward(Vector point);

  /** The mean colour of the leaves at a point, by a random number in [0, 1). */
  abstract Vector leafColor(double random);

  final Vector foot() {
    return foot;
  }

  final double height() {
    return height;
  }

  @Override
  public @Nullable Hit hit(Ray ray) {
    ConvexSolid.Entry entry = bounds.entry(ray);
    if (entry == null) {
      return null;
    }
    double end = entry.distance() + 1.5 * height;
    for (double distance = entry.distance(); distance < end; distance += STRIDE) {
      Vector point = ray.at(distance);
      if (inTrunk(point)) {
        return trunk(point, distance);
      }
      double crown = crown(point);
      if (crown > 0 && leafAt(point, crown)) {
        return leaf(point, distance);
      }
    }
    return null;
  }

  @Override
  public double transmittance(Ray ray) {
    ConvexSolid.Entry entry = bounds.entry(ray);
    if (entry == null) {
      return 1;
    }
    double depth = 0;
    for (double inside = 0; inside < 1.5 * height; inside += SHADOW_STRIDE) {
      depth += Math.max(0, crown(ray.at(entry.distance() + inside))) * SHADOW_STRIDE;
    }
    return StrictMath.exp(-1.6 * depth);
  }

  private boolean inTrunk(Vector point) {
    double up = (point.y() - foot.y()) / height;
    double dx = point.x() - foot.x();
    double dz = point.z() - foot.z();
    double flare = 0.5 * StrictMath.exp(-Math.max(up, 0) * 40);
    double radius = 0.03 * height * (1 - 0.9 * up + flare);
    return up < TRUNK_TOP && dx * dx + dz * dz < radius * radius;
  }

  private Hit trunk(Vector point, double distance) {
    Vector away = new Vector(point.x() - foot.x(), 0, point.z() - foot.z());
    double bark = noise.fractal(point.x() * 9, point.y() * 1.5, point.z() * 9, 3);
    return new Hit(distance, away.normalized(), BARK.times(0.8 + 0.9 * bark), sunAt(point));
  }

  private boolean leafAt(Vector point, double crown) {
    double clump = noise.at(point.x() * 1.7, point.y() * 1.7, point.z() * 1.7);
    return random(point, 46) < 0.55 * (crown * 1.8 + 0.55 * clump);
  }

  private Hit leaf(Vector point, double distance) {
    Vector tilt =
        new Vector(random(point, 41) - 0.5, random(point, 42) - 0.5, random(point, 43) - 0.5);
    Vector normal = outward(point).normalized().plus(tilt.times(1.3)).normalized();
    double bright = 0.65 + 0.7 * random(point, 44);
    Vector color = leafColor(random(point, 45)).times(bright);
    return new Hit(distance, normal, color, sunAt(point));
  }

  /** How much sun comes through the leaves above. */
  private double sunAt(Vector point) {
    double depth = 0;
    for (int i = 1; i <= LIGHT_STEPS; i++) {
      depth += Math.max(0, crown(point.plus(Sky.SUN.times(i * LIGHT_STRIDE)))) * LIGHT_STRIDE;
    }
    return StrictMath.exp(-2.4 * depth);
  }

  /** A random number in [0, 1) of the cell around the point, another for each salt below 64. */
  private double random(Vector point, int salt) {
    long x = (long) Math.floor(point.x() * cellsPerMetre);
    long y = (long) Math.floor(point.y() * cellsPerMetre);
    long z = (long) Math.floor(point.z() * cellsPerMetre);
    return noise.hash(x * 64 + salt, y, z);
  }
}
