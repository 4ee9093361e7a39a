package dev.tempera.style.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small house with a gabled roof of tiles, whitewashed walls, windows, a door and a chimney. */
final class House implements Solid {
  private static final double HALF_LENGTH = 4.4;
  private static final double HALF_DEPTH = 3.0;
  private static final double EAVES = 2.9;
  private static final double RIDGE = 5.6;
  private static final double OVERHANG = 0.45;
  private static final double THICKNESS = 0.22;

  private static final Vector PLASTER = new Vector(0.72, 0.67, 0.58);
  private static final Vector TIMBER = new Vector(0.16, 0.09, 0.05);
  private static final Vector GLASS = new Vector(0.05, 0.07, 0.10);
  private static final Vector SHUTTER = new Vector(0.10, 0.24, 0.20);
  private static final Vector TILES = new Vector(0.33, 0.125, 0.08);
  private static final Vector BRICK = new Vector(0.36, 0.17, 0.12);

  private final Vector foot;
  private final double cosine;
  private final double sine;
  private final LatticeNoise noise;
  private final ConvexSolid walls;
  private final List<ConvexSolid> roof;
  private final ConvexSolid chimney;
  private final ConvexSolid bounds;

  /** A house on this spot, its front turned so that both front and gable show. */
  House(Vector foot, LatticeNoise noise) {
    this.foot = foot;
    this.noise = noise;
    this.cosine = 0.8;
    this.sine = 0.6;
    double rise = RIDGE - EAVES;
    double norm = Math.sqrt(rise * rise + HALF_DEPTH * HALF_DEPTH);
    Vector frontSlope = new Vector(0, HALF_DEPTH / norm, -rise / norm);
    Vector backSlope = new Vector(0, HALF_DEPTH / norm, rise / norm);
    double slopeOffset = RIDGE * HALF_DEPTH / norm;
    this.walls =
        new ConvexSolid(
            List.of(
                new ConvexSolid.Plane(new Vector(-1, 0, 0), HALF_LENGTH),
                new ConvexSolid.Plane(new Vector(1, 0, 0), HALF_LENGTH),
                new ConvexSolid.Plane(new Vector(0, 0, -1), HALF_DEPTH),
                new ConvexSolid.Plane(new Vector(0, 0, 1), HALF_DEPTH),
                new ConvexSolid.Plane(new Vector(0, -1, 0), 1.5),
                new ConvexSolid.Plane(frontSlope, slopeOffset),
                new ConvexSolid.Plane(backSlope, slopeOffset)));
    this.roof = List.of(roofSide(frontSlope, slopeOffset, -1), roofSide(backSlope, slopeOffset, 1));
    this.chimney = ConvexSolid.box(new Vector(1.6, 3.5, 0.4), new Vector(2.4, RIDGE + 1.1, 1.2));
    this.bounds =
        ConvexSolid.box(
            new Vector(-HALF_LENGTH - 1, -1.5, -HALF_DEPTH - 1),
            new Vector(HALF_LENGTH + 1, RIDGE + 1.3, HALF_DEPTH + 1));
  }

  private static ConvexSolid roofSide(Vector slope, double offset, int side) {
    double reach = HALF_DEPTH + OVERHANG;
    return new ConvexSolid(
        List.of(
            new ConvexSolid.Plane(slope, offset + THICKNESS),
            new ConvexSolid.Plane(slope.times(-1), -offset),
            new ConvexSolid.Plane(new Vector(-1, 0, 0), HALF_LENGTH + OVERHANG),
            new ConvexSolid.Plane(new Vector(1, 0, 0), HALF_LENGTH + OVERHANG),
            new ConvexSolid.Plane(new Vector(0, 0, side), reach),
            new ConvexSolid.Plane(new Vector(0, 0, -side), 0)));
  }

  @Override
  public @Nullable Hit hit(Ray ray) {
    Ray local = toLocal(ray);
    if (bounds.entry(local) == null) {
      return null;
    }
    Hit nearest = null;
    ConvexSolid.Entry wall = walls.entry(local);
    if (wall != null) {
      nearest = surface(local, wall, wallColor(local.at(wall.distance()), wall.normal()));
    }
    for (ConvexSolid side : roof) {
      ConvexSolid.Entry entry = side.entry(local);
      if (entry != null && (nearest == null || entry.distance() < nearest.distance())) {
        nearest = surface(local, entry, tileColor(local.at(entry.distance())));
      }
    }
    ConvexSolid.Entry stack = chimney.entry(local);
    if (stack != null && (nearest == null || stack.distance() < nearest.distance())) {
      nearest = surface(local, stack, BRICK);
    }
    return nearest;
  }

  @Override
  public double transmittance(Ray ray) {
    return hit(ray) == null ? 1 : 0;
  }

  private Hit surface(Ray local, ConvexSolid.Entry entry, Vector color) {
    Vector point = local.at(entry.distance());
    double wear = 0.88 + 0.24 * noise.fractal(point.x() * 2, point.y() * 2, point.z() * 2, 4);
    return new Hit(entry.distance(), toWorld(entry.normal()), color.times(wear), 1);
  }

  private Vector tileColor(Vector point) {
    double row = Math.floor(point.y() * 4.2);
    double column = Math.floor(point.x() * 2.6 + 0.5 * (row - 2 * Math.floor(row / 2)));
    double shade = 0.70 + 0.55 * noise.hash((long) row, (long) column, 21);
    double joint = point.y() * 4.2 - row < 0.22 ? 0.55 : 1;
    return TILES.times(shade * joint);
  }

  private static Vector wallColor(Vector point, Vector normal) {
    boolean front = normal.z() < -0.5;
    boolean gable = Math.abs(normal.x()) > 0.5;
    if (front) {
      return frontColor(point.x(), point.y());
    } else if (gable) {
      return gableColor(point.z(), point.y());
    }
    return PLASTER;
  }

  private static Vector frontColor(double x, double y) {
    double doorX = Math.abs(x - 0.2);
    if (doorX < 0.62 && y < 2.15) {
      return doorX > 0.48 || y > 2.02 ? TIMBER : new Vector(0.22, 0.10, 0.06);
    }
    for (double center : new double[] {-2.6, 2.8}) {
      Vector window = windowColor(x - center, y - 1.55);
      if (window != null) {
        return window;
      }
    }
    return y < 0.35 ? new Vector(0.34, 0.32, 0.29) : PLASTER;
  }

  private static Vector gableColor(double z, double y) {
    Vector below = windowColor(z, y - 1.55);
    Vector above = windowColor(z, y - 3.75);
    if (below != null) {
      return below;
    } else if (above != null) {
      return above;
    }
    return y < 0.35 ? new Vector(0.34, 0.32, 0.29) : PLASTER;
  }

  private static @Nullable Vector windowColor(double across, double up) {
    double dx = Math.abs(across);
    double dy = Math.abs(up);
    if (dy > 0.62 || dx > 1.05) {
      return null;
    } else if (dx > 0.55) {
      return SHUTTER;
    } else if (dx > 0.46 || dy > 0.53 || dx < 0.045 || dy < 0.04) {
      return PLASTER.times(1.1);
    }
    return GLASS;
  }

  private Ray toLocal(Ray ray) {
    Vector origin = ray.origin().minus(foot);
    return new Ray(turn(origin, sine), turn(ray.direction(), sine));
  }

  private Vector toWorld(Vector direction) {
    return turn(direction, -sine);
  }

  private Vector turn(Vector v, double turnSine) {
    return new Vector(cosine * v.x() - turnSine * v.z(), v.y(), turnSine * v.x() + cosine * v.z());
  }
}
