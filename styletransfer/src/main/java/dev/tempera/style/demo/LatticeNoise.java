package dev.tempera.style.demo;

/**
 * Smooth random functions of the plane and of space: values hashed from the points of a lattice and
 * interpolated by the quintic of Perlin's "Improving Noise" (2002).
 *
 * <p>Uses no operation whose result differs between machines.
 */
final class LatticeNoise {
  /** The rotation between octaves, by 37 degrees, which hides the lattice. */
  private static final double COSINE = 0.8;

  private static final double SINE = 0.6;

  private final long seed;

  /** The noise of this seed. */
  LatticeNoise(long seed) {
    this.seed = seed;
  }

  /** A uniform random number in [0, 1) for the lattice point. */
  double hash(long x, long y, long z) {
    long bits = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + z * 0x165667B19E3779F9L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return ((bits ^ (bits >>> 31)) >>> 11) * 0x1.0p-53;
  }

  /** A smooth function with values in [−1, 1] and features of size 1. */
  double at(double x, double y) {
    return slope(x, y).value();
  }

  /** A smooth function with values in [−1, 1], and its derivatives. */
  Slope slope(double x, double y) {
    double floorX = Math.floor(x);
    double floorY = Math.floor(y);
    double tx = x - floorX;
    double ty = y - floorY;
    long ix = (long) floorX;
    long iy = (long) floorY;
    double a = hash(ix, iy, 0);
    double b = hash(ix + 1, iy, 0) - a;
    double c = hash(ix, iy + 1, 0) - a;
    double d = hash(ix + 1, iy + 1, 0) - a - b - c;
    double u = smooth(tx);
    double v = smooth(ty);
    return new Slope(
        2 * (a + b * u + c * v + d * u * v) - 1,
        2 * (b + d * v) * smoothDerivative(tx),
        2 * (c + d * u) * smoothDerivative(ty));
  }

  /** A smooth function of space with values in [−1, 1] and features of size 1. */
  double at(double x, double y, double z) {
    double floorX = Math.floor(x);
    double floorY = Math.floor(y);
    double floorZ = Math.floor(z);
    long ix = (long) floorX;
    long iy = (long) floorY;
    long iz = (long) floorZ;
    double u = smooth(x - floorX);
    double v = smooth(y - floorY);
    double w = smooth(z - floorZ);
    double near =
        mix(
            mix(hash(ix, iy, iz), hash(ix + 1, iy, iz), u),
            mix(hash(ix, iy + 1, iz), hash(ix + 1, iy + 1, iz), u),
            v);
    double far =
        mix(
            mix(hash(ix, iy, iz + 1), hash(ix + 1, iy, iz + 1), u),
            mix(hash(ix, iy + 1, iz + 1), hash(ix + 1, iy + 1, iz + 1), u),
            v);
    return 2 * mix(near, far, w) - 1;
  }

  /** A sum of octaves, each of twice the frequency and half the amplitude, about in [−1, 1]. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double amplitude = 0.5;
    for (int octave = 0; octave < octaves; octave++) {
      sum += amplitude * at(x, y);
      amplitude *= 0.5;
      double turned = 2.02 * (COSINE * x - SINE * y) + 17.3;
      y = 2.02 * (SINE * x + COSINE * y) - 9.1;
      x = turned;
    }
    return sum;
  }

  /** A sum of octaves in space, each of twice the frequency and half the amplitude. */
  double fractal(double x, double y, double z, int octaves) {
    double sum = 0;
    double amplitude = 0.5;
    for (int octave = 0; octave < octaves; octave++) {
      sum += amplitude * at(x, y, z);
      amplitude *= 0.5;
      double turned = 2.02 * (COSINE * x - SINE * z) + 17.3;
      z = 2.02 * (SINE * x + COSINE * z) - 9.1;
      x = turned;
      y = 2.02 * y + 5.7;
    }
    return sum;
  }

  /** A value of the noise and its derivatives along both axes. */
  record Slope(double value, double dx, double dy) {}

  private static double smooth(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }

  private static double smoothDerivative(double t) {
    return 30 * t * t * (t * (t - 2) + 1);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
