package dev.tempera.style.demo;

/** A fir: a dark cone of drooping whorls. */
final class FirTree extends Tree {
  private static final Vector NEEDLES = new Vector(0.045, 0.085, 0.035);
  private static final double LOWEST_BRANCH = 0.06;
  private static final double WHORLS = 11;

  private final LatticeNoise noise;

  /** A fir on this spot. */
  FirTree(Vector foot, double height, LatticeNoise noise) {
    super(foot, height, 0.26, 17, noise);
    this.noise = noise;
  }

  @Override
  double crown(Vector point) {
    double up = (point.y() - foot().y()) / height();
    if (up < LOWEST_BRANCH || up > 1) {
      return 0;
    }
    double dx = point.x() - foot().x();
    double dz = point.z() - foot().z();
    double whorl = up * WHORLS + 0.6 * noise.at(dx * 0.9, dz * 0.9);
    double droop = whorl - Math.floor(whorl);
    double radius = 0.235 * height() * (1 - up) * (1.05 - 0.5 * droop);
    return 1 - Math.sqrt(dx * dx + dz * dz) / Math.max(radius, 1e-3);
  }

  @Override
  Vector outward(Vector point) {
    return new Vector(point.x() - foot().x(), 0.35 * height() * 0.25, point.z() - foot().z());
  }

  @Override
  Vector leafColor(double random) {
    return NEEDLES;
  }
}
