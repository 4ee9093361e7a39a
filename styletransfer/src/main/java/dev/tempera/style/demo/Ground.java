package dev.tempera.style.demo;

/** What grows and lies on the ground: the relief of the grass, and the colours of everything. */
final class Ground {
  private static final Vector GRASS = new Vector(0.090, 0.118, 0.034);
  private static final Vector DRY_GRASS = new Vector(0.245, 0.205, 0.085);
  private static final Vector SAND = new Vector(0.36, 0.30, 0.21);
  private static final Vector ROCK = new Vector(0.215, 0.19, 0.165);
  private static final Vector DARK_ROCK = new Vector(0.115, 0.105, 0.10);
  private static final Vector ALPINE = new Vector(0.14, 0.15, 0.06);
  private static final Vector SNOW = new Vector(0.86, 0.90, 0.97);
  private static final double SNOW_LINE = 1050;

  private final LatticeNoise noise;

  Ground(LatticeNoise noise) {
    this.noise = noise;
  }

  /** The height of the grass over the bare ground of this height. */
  double grass(double x, double z, double bare) {
    double grows = Vector.step(0.25, 0.9, bare) * (1 - onPath(x, z));
    if (grows == 0) {
      return 0.04 * noise.fractal(x * 5, z * 5, 3);
    }
    double tufts = 0.5 + 0.5 * noise.fractal(x * 0.9, z * 0.9, 2);
    double blades = 1 - Math.abs(noise.at(x * 6.3, z * 4.1));
    double fine = 1 - Math.abs(noise.at(x * 19, z * 7));
    return grows * tufts * (0.10 + 0.30 * blades + 0.20 * fine);
  }

  /** The colour of the near ground. */
  Vector meadow(Vector point, double bare) {
    double x = point.x();
    double z = point.z();
    Vector flower = flower(x, z, bare);
    double dry = Vector.step(-0.25, 0.45, noise.fractal(x / 6 + 3, z / 9, 4));
    double mottle = 0.8 + 0.5 * noise.fractal(x * 3, z * 2, 4);
    Vector grass = GRASS.mix(DRY_GRASS, 0.75 * dry).times(mottle);
    double pebbles = 0.75 + 0.6 * noise.fractal(x * 7, z * 7, 3);
    Vector bareGround = SAND.times(pebbles);
    Vector soil = grass.mix(bareGround, Math.max(onPath(x, z), 1 - Vector.step(0.1, 0.7, bare)));
    return flower.equals(Vector.ZERO) ? soil : flower;
  }

  private Vector flower(double x, double z, double bare) {
    double size = 0.42;
    long cellX = (long) Math.floor(x / size);
    long cellZ = (long) Math.floor(z / (2 * size));
    double field = noise.fractal(x / 7 + 60, z / 7, 2);
    if (bare < 1 || onPath(x, z) > 0 || noise.hash(cellX, cellZ, 51) > 0.10 + 0.5 * field) {
      return Vector.ZERO;
    }
    double dx = x / size - cellX - 0.3 - 0.4 * noise.hash(cellX, cellZ, 52);
    double dz = (z / (2 * size) - cellZ - 0.3 - 0.4 * noise.hash(cellX, cellZ, 53)) * 1.1;
    if (dx * dx + dz * dz > 0.035) {
      return Vector.ZERO;
    }
    double kind = noise.hash(cellX, cellZ, 54);
    if (kind < 0.4) {
      return new Vector(0.55, 0.04, 0.02);
    }
    return kind < 0.75 ? new Vector(0.75, 0.72, 0.66) : new Vector(0.70, 0.50, 0.04);
  }

  /** 1 on the path from the foreground to the house, 0 beside it. */
  private double onPath(double x, double z) {
    double center =
        5.5 - 15 * Vector.step(10, 40, z) + 1.3 * noise.at(z / 7, 2.5) + 0.25 * noise.at(z, 8.5);
    return z > 41 ? 0 : 1 - Vector.step(0.45, 0.9, Math.abs(x - center));
  }

  /** The colour of the tree tops. */
  Vector forest(Vector point) {
    double kind =
        noise.hash((long) Math.floor(point.x() / 7), (long) Math.floor(point.z() / 7), 55);
    double patch = 0.5 + 0.5 * noise.fractal(point.x() / 150, point.z() / 150 + 20, 3);
    Vector dark = new Vector(0.030, 0.058, 0.026);
    Vector light = new Vector(0.085, 0.115, 0.030);
    return dark.mix(light, Math.clamp(0.55 * kind + 0.75 * patch - 0.3, 0.0, 1.0));
  }

  /** The colour of bare ground in the distance: meadows, rock, and snow where it can lie. */
  Vector mountain(Vector point, Vector normal) {
    double grain = noise.fractal(point.x() / 90, point.y() / 40, point.z() / 90, 5);
    double strata = noise.fractal(point.x() / 900, point.y() / 70 + grain, point.z() / 900, 3);
    Vector rock = ROCK.mix(DARK_ROCK, Math.clamp(0.5 + 0.9 * strata + 0.5 * grain, 0.0, 1.0));
    double flat = Vector.step(0.62, 0.86, normal.y() + 0.12 * grain);
    double low = 1 - Vector.step(450, 950, point.y() + 220 * grain);
    Vector covered = rock.mix(ALPINE, flat * low);
    double snow =
        Vector.step(SNOW_LINE - 180, SNOW_LINE + 350, point.y() + 420 * grain)
            * Vector.step(0.50, 0.74, normal.y() + 0.25 * grain);
    return covered.mix(SNOW, snow);
  }
}
