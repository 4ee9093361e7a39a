package dev.tempera.style.demo;

/** A broad tree: a round crown of lumps of leaves on a bare trunk. */
final class BroadTree extends Tree {
  private static final Vector DARK_LEAVES = new Vector(0.048, 0.080, 0.026);
  private static final Vector LIGHT_LEAVES = new Vector(0.088, 0.100, 0.030);
  private static final double MIDDLE = 0.62;
  private static final double RADIUS = 0.36;

  private final LatticeNoise noise;

  /** A broad tree on this spot. */
  BroadTree(Vector foot, double height, LatticeNoise noise) {
    super(foot, height, 0.5, 19, noise);
    this.noise = noise;
  }

  @Override
  double crown(Vector point) {
    double up = (point.y() - foot().y()) / height();
    double dx = (point.x() - foot().x()) / (RADIUS * height());
    double dy = (up - MIDDLE) / RADIUS;
    double dz = (point.z() - foot().z()) / (RADIUS * height());
    double inside = 1 - dx * dx - dy * dy - dz * dz;
    if (inside < -0.5) {
      return 0;
    }
    double lumps = noise.fractal(point.x() * 0.75, point.y() * 0.95, point.z() * 0.75, 3);
    return Math.min(1, inside + 1.9 * lumps - 0.1);
  }

  @Override
  Vector outward(Vector point) {
    return point.minus(foot().plus(new Vector(0, 0.55 * height(), 0)));
  }

  @Override
  Vector leafColor(double random) {
    return DARK_LEAVES.mix(LIGHT_LEAVES, random);
  }
}
