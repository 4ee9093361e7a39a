package dev.tempera.style.demo;

/**
 * A summer sky late in the afternoon: its colour by direction, with cumulus clouds lit by the sun.
 */
final class Sky {
  /** Where the sun stands: behind the camera, to the left. */
  static final Vector SUN = new Vector(-0.80, 0.46, -0.30).normalized();

  static final Vector SUNLIGHT = new Vector(3.1, 2.55, 1.85);
  static final Vector ZENITH = new Vector(0.10, 0.23, 0.56);
  static final Vector HORIZON = new Vector(0.56, 0.68, 0.82);

  private static final double CLOUD_BASE = 1500;
  private static final double CLOUD_TOP = 2900;
  private static final double FARTHEST_CLOUD = 26000;
  private static final int LIGHT_STEPS = 4;

  private final LatticeNoise noise;

  Sky(LatticeNoise noise) {
    this.noise = noise;
  }

  /** The colour seen in a direction; more steps draw finer clouds. */
  Vector color(Ray ray, int steps) {
    Vector clear = clear(ray.direction());
    if (ray.direction().y() < 0.015) {
      return clear;
    }
    double near = (CLOUD_BASE - ray.origin().y()) / ray.direction().y();
    double far = Math.min((CLOUD_TOP - ray.origin().y()) / ray.direction().y(), FARTHEST_CLOUD);
    if (near >= far) {
      return clear;
    }
    double stride = (far - near) / steps;
    double jitter =
        noise.hash((long) (ray.direction().x() * 1e6), (long) (ray.direction().y() * 1e6), 3);
    double visible = 1;
    Vector light = Vector.ZERO;
    for (int i = 0; i < steps && visible > 0.02; i++) {
      double distance = near + (i + jitter) * stride;
      Vector point = ray.at(distance);
      double density = density(point);
      if (density > 0) {
        double absorbed = 1 - StrictMath.exp(-density * stride * 0.010);
        double haze = 1 - StrictMath.exp(-distance / 17000);
        Vector lit = lit(point).mix(HORIZON, haze);
        light = light.plus(lit.times(absorbed * visible));
        visible *= 1 - absorbed;
      }
    }
    return light.plus(clear.times(visible));
  }

  /** The sky behind the clouds. */
  static Vector clear(Vector direction) {
    double up = Math.max(direction.y(), 0);
    double veil = StrictMath.exp(-up * 6.5);
    Vector color = ZENITH.mix(HORIZON, veil);
    double glow = StrictMath.pow(Math.max(0, direction.dot(SUN)), 6);
    return color.plus(new Vector(0.35, 0.22, 0.08).times(glow * 0.5));
  }

  private double density(Vector point) {
    double height = (point.y() - CLOUD_BASE) / (CLOUD_TOP - CLOUD_BASE);
    if (height <= 0 || height >= 1) {
      return 0;
    }
    double cover = noise.fractal(point.x() / 3600 + 3.1, point.z() / 3600 + 0.7, 3);
    double puffs = noise.fractal(point.x() / 720, point.y() / 560, point.z() / 720, 6);
    double shape = 0.62 * cover + 0.95 * puffs - 0.075 - 0.55 * height;
    double base = Vector.step(0, 0.12, height);
    return Math.max(0, shape) * base * 4;
  }

  private Vector lit(Vector point) {
    double depth = 0;
    double stride = 90;
    for (int i = 0; i < LIGHT_STEPS; i++) {
      depth += density(point.plus(SUN.times(stride * (i + 0.7)))) * stride;
    }
    double through = StrictMath.exp(-depth * 0.0055);
    double height = (point.y() - CLOUD_BASE) / (CLOUD_TOP - CLOUD_BASE);
    Vector ambient = new Vector(0.40, 0.49, 0.64).times(0.55 + 0.5 * height);
    return SUNLIGHT.times(0.44 * through).plus(ambient);
  }
}
