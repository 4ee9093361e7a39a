package dev.tempera.style.demo;

/**
 * The ground, as a height over the plane: a meadow that slopes to a lake, a wooded headland, and
 * beyond the lake wooded hills and mountains. Heights are in metres over the lake.
 */
final class Terrain {
  /** No ground is higher than this. */
  static final double HIGHEST = 3200;

  private static final double TREE_CELL = 7;
  private static final double TREE_LINE = 620;

  private final LatticeNoise noise;

  Terrain(LatticeNoise noise) {
    this.noise = noise;
  }

  /** The height of the bare ground, with this many octaves of detail in the mountains. */
  double height(double x, double z, int detail) {
    double near = nearShore(x) - z;
    if (z < 150 && near > -40) {
      double meadow = 0.155 * near + 0.9 * noise.fractal(x / 14, z / 14, 3);
      return Math.max(meadow, -5);
    }
    double beyond = z - farShore(x);
    double bed = -6 + headland(x, z);
    if (beyond < -60) {
      return bed;
    }
    double hills =
        0.075 * beyond
            + 170 * Vector.step(0, 900, beyond) * (0.55 + noise.fractal(x / 620, z / 620, 4));
    double rise = Vector.step(700, 4600, beyond);
    double range = rise > 0 ? rise * mountains(x, z, detail) : 0;
    return Math.max(bed, hills * (1 - 0.5 * rise)) + range;
  }

  /** The height of the ground with the tops of the wood that stands on it. */
  double canopy(double x, double z, int detail) {
    double ground = height(x, z, detail);
    return ground + wood(x, z, ground);
  }

  /** The height of the wood over the ground, 0 between the trees and where none grow. */
  double wood(double x, double z, double ground) {
    if (z < 140 || z > 5200 || ground < 1.5 || ground > TREE_LINE + 120) {
      return 0;
    }
    double density =
        noise.fractal(x / 180 + 40, z / 180, 3) + 0.42 - Vector.step(300, TREE_LINE, ground);
    long cellX = (long) Math.floor(x / TREE_CELL);
    long cellZ = (long) Math.floor(z / TREE_CELL);
    double highest = 0;
    for (long i = cellX - 1; i <= cellX + 1; i++) {
      for (long j = cellZ - 1; j <= cellZ + 1; j++) {
        double chance = noise.hash(i, j, 11);
        if (chance > density * 3) {
          continue;
        }
        double size = 9 + 11 * noise.hash(i, j, 12);
        double dx = x - (i + noise.hash(i, j, 13)) * TREE_CELL;
        double dz = z - (j + noise.hash(i, j, 14)) * TREE_CELL;
        double away = Math.sqrt(dx * dx + dz * dz) / (0.25 * size);
        highest = Math.max(highest, size * (1 - away));
      }
    }
    return highest;
  }

  /** Which way the ground faces, as seen from so far that details under the width do not count. */
  Vector normal(double x, double z, double width, boolean withWood, int detail) {
    double left = withWood ? canopy(x - width, z, detail) : height(x - width, z, detail);
    double right = withWood ? canopy(x + width, z, detail) : height(x + width, z, detail);
    double front = withWood ? canopy(x, z - width, detail) : height(x, z - width, detail);
    double back = withWood ? canopy(x, z + width, detail) : height(x, z + width, detail);
    return new Vector(left - right, 2 * width, front - back).normalized();
  }

  private double nearShore(double x) {
    return 47 + 7 * noise.at(x / 26 + 5, 0.5) - 0.16 * x + Math.min(0.004 * x * x, 24);
  }

  private double farShore(double x) {
    return 760 + 170 * noise.fractal(x / 420 + 9, 7.5, 3);
  }

  private double headland(double x, double z) {
    if (z < 210 || z > 470 || x > 35) {
      return 0;
    }
    double dx = (x + 205) / 120;
    double dz = (z - 340 + 20 * noise.at(x / 40, 3.5)) / 52;
    double rise = bump(dx * dx + dz * dz);
    return rise == 0 ? 0 : 24 * rise + 1.5 * noise.fractal(x / 25, z / 25, 3);
  }

  /** A hill of height 1 by the squared distance from its centre, flat from distance 2 on. */
  private static double bump(double squared) {
    double left = Math.max(0, 1 - squared / 4);
    return left * left * left * left;
  }

  /** Ridged and smoothed where it is steep, which looks eroded (after Quilez, "Elevated", 2009). */
  private double mountains(double x, double z, int detail) {
    double px = x / 2350 + 11.7;
    double pz = z / 2350 + 4.2;
    double sum = 0;
    double amplitude = 1;
    double slopeX = 0;
    double slopeZ = 0;
    for (int octave = 0; octave < detail; octave++) {
      LatticeNoise.Slope part = noise.slope(px, pz);
      slopeX += part.dx() * 0.5;
      slopeZ += part.dy() * 0.5;
      sum += amplitude * (0.5 + 0.5 * part.value()) / (1 + slopeX * slopeX + slopeZ * slopeZ);
      amplitude *= 0.5;
      double turned = 2 * (0.8 * px - 0.6 * pz);
      pz = 2 * (0.6 * px + 0.8 * pz);
      px = turned;
    }
    double peakX = (x - 1250) / 1500;
    double peakZ = (z - 6400) / 1700;
    double peak = bump(peakX * peakX + peakZ * peakZ);
    double shoulderX = (x + 2300) / 1300;
    double shoulder = bump(shoulderX * shoulderX + peakZ * peakZ);
    return sum * (560 + 1020 * peak + 620 * shoulder) + 330 * peak;
  }
}
