package dev.tempera.style.demo;

import java.util.ArrayList;
import java.util.List;

/** The landscape in three dimensions: finds what a ray sees and how it is lit. */
final class LandscapeScene {
  private static final double FARTHEST = 14000;
  private static final double NEAR = 170;

  /** Where the mountains begin to rise, in metres ahead. */
  private static final double FOOTHILLS = 1500;

  /** Higher than the details of the mountains, which are left out of account from there. */
  private static final double FAR_ABOVE = 260;

  private static final Vector SKYLIGHT = new Vector(0.30, 0.42, 0.66);
  private static final Vector DEEP_WATER = new Vector(0.012, 0.045, 0.055);

  private final LatticeNoise noise;
  private final Sky sky;
  private final Terrain terrain;
  private final Ground ground;
  private final List<Solid> solids = new ArrayList<>();

  LandscapeScene(long seed) {
    this.noise = new LatticeNoise(seed);
    this.sky = new Sky(noise);
    this.terrain = new Terrain(noise);
    this.ground = new Ground(noise);
    solids.add(new House(onGround(-13.5, 41).plus(new Vector(0, 0.1, 0)), noise));
    solids.add(new BroadTree(onGround(11.5, 25), 11.5, noise));
    solids.add(new FirTree(onGround(-24, 45), 13, noise));
    solids.add(new FirTree(onGround(-28.5, 41), 10.5, noise));
    solids.add(new FirTree(onGround(-20.5, 49), 9, noise));
    solids.add(new BroadTree(onGround(-5.2, 46), 5.2, noise));
    solids.add(new FirTree(onGround(30, 43), 9, noise));
    solids.add(new FirTree(onGround(26, 42), 6.5, noise));
  }

  private Vector onGround(double x, double z) {
    return new Vector(x, terrain.height(x, z, 1) - 0.1, z);
  }

  /** The light that comes to the ray's origin against its direction. */
  Vector trace(Ray ray) {
    return trace(ray, 36, true);
  }

  private Vector trace(Ray ray, int cloudSteps, boolean withWater) {
    Hit nearest = null;
    for (Solid solid : solids) {
      Hit hit = solid.hit(ray);
      if (hit != null && (nearest == null || hit.distance() < nearest.distance())) {
        nearest = hit;
      }
    }
    double limit = nearest == null ? FARTHEST : nearest.distance();
    double water =
        withWater && ray.direction().y() < 0
            ? -ray.origin().y() / ray.direction().y()
            : Double.MAX_VALUE;
    double land = march(ray, Math.min(limit, water));
    if (land < limit && land < water) {
      return haze(ray, land, landColor(ray, land));
    } else if (water < limit) {
      return haze(ray, water, waterColor(ray, water));
    } else if (nearest != null) {
      Vector light = light(ray.at(nearest.distance()), nearest.normal(), nearest.light());
      return haze(ray, nearest.distance(), nearest.albedo().times(light));
    }
    return sky.color(ray, cloudSteps);
  }

  private double march(Ray ray, double limit) {
    double distance = 2;
    double outside = 0;
    for (int i = 0; i < 400 && distance < limit; i++) {
      Vector point = ray.at(distance);
      if (point.y() > Terrain.HIGHEST && ray.direction().y() > 0) {
        return Double.MAX_VALUE;
      }
      double above = point.y() - surface(point, distance);
      if (above < 0.0004 * distance) {
        return refine(ray, outside, distance);
      }
      outside = distance;
      distance += Math.max(0.6 * above, 0.0012 * distance);
    }
    return Double.MAX_VALUE;
  }

  /** Halves the interval in which the ray goes under the ground. */
  private double refine(Ray ray, double outside, double inside) {
    for (int i = 0; i < 7; i++) {
      double middle = 0.5 * (outside + inside);
      Vector point = ray.at(middle);
      if (point.y() < surface(point, middle)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  private double surface(Vector point, double distance) {
    if (point.z() > FOOTHILLS) {
      double rough = terrain.height(point.x(), point.z(), 4);
      if (point.y() - rough > FAR_ABOVE) {
        return rough;
      }
    }
    double bare = terrain.height(point.x(), point.z(), distance > 3000 ? 8 : 6);
    if (distance < NEAR) {
      return bare + ground.grass(point.x(), point.z(), bare);
    }
    return point.y() > bare + 24 ? bare : bare + terrain.wood(point.x(), point.z(), bare);
  }

  private Vector landColor(Ray ray, double distance) {
    Vector point = ray.at(distance);
    double width = Math.max(0.02, 0.0011 * distance);
    double bare = terrain.height(point.x(), point.z(), 9);
    if (distance < NEAR) {
      Vector normal = grassNormal(point, width);
      return ground.meadow(point, bare).times(light(point, normal, 1));
    }
    double wood = terrain.wood(point.x(), point.z(), bare);
    if (wood > 0.5) {
      Vector normal = terrain.normal(point.x(), point.z(), width, true, 6);
      double open = 0.25 + 0.75 * Math.min(1, wood / 13);
      return ground.forest(point).times(light(point, normal, open)).times(0.4 + 0.6 * open);
    }
    Vector normal = terrain.normal(point.x(), point.z(), width, false, 10);
    return ground.mountain(point, normal).times(light(point, normal, 1));
  }

  private Vector grassNormal(Vector point, double width) {
    double x = point.x();
    double z = point.z();
    double dx = groundAt(x - width, z) - groundAt(x + width, z);
    double dz = groundAt(x, z - width) - groundAt(x, z + width);
    return new Vector(dx, 2 * width, dz).normalized();
  }

  private double groundAt(double x, double z) {
    double bare = terrain.height(x, z, 1);
    return bare + ground.grass(x, z, bare);
  }

  private Vector light(Vector point, Vector normal, double open) {
    double facing = Math.max(0, normal.dot(Sky.SUN));
    double sun = facing > 0 ? open * facing * sunAt(point.plus(normal.times(0.05))) : 0;
    double up = 0.5 + 0.5 * normal.y();
    Vector ambient = SKYLIGHT.times(up * (0.35 + 0.65 * open));
    Vector bounce = new Vector(0.16, 0.15, 0.08).times(1 - up);
    return Sky.SUNLIGHT.times(sun).plus(ambient).plus(bounce);
  }

  private double sunAt(Vector point) {
    Ray toSun = new Ray(point, Sky.SUN);
    if (point.z() < NEAR) {
      double through = 1;
      for (Solid solid : solids) {
        through *= solid.transmittance(toSun);
      }
      return through;
    }
    double clearance = 1;
    double distance = 12;
    for (int i = 0; i < 60 && clearance > 0; i++) {
      Vector sample = toSun.at(distance);
      if (sample.y() > Terrain.HIGHEST) {
        break;
      }
      double above = sample.y() - terrain.height(sample.x(), sample.z(), 6);
      clearance = Math.min(clearance, 0.5 + 11 * above / distance);
      distance += Math.max(10, 0.3 * Math.abs(above) + 0.012 * distance);
    }
    return Math.clamp(clearance, 0.0, 1.0);
  }

  private Vector waterColor(Ray ray, double distance) {
    Vector point = ray.at(distance);
    double wind = Vector.step(-0.25, 0.4, noise.fractal(point.x() / 120, point.z() / 38 + 5, 3));
    double amplitude = (0.006 + 0.035 * wind) / (1 + distance / 260);
    LatticeNoise.Slope coarse = noise.slope(point.x() * 0.55, point.z() * 0.8);
    LatticeNoise.Slope fine = noise.slope(point.x() * 1.9 + 31, point.z() * 2.6);
    Vector normal =
        new Vector(
                -amplitude * (coarse.dx() + 0.6 * fine.dx()),
                1,
                -amplitude * (coarse.dy() + 0.6 * fine.dy()))
            .normalized();
    double facing = -ray.direction().dot(normal);
    Vector mirrored = ray.direction().plus(normal.times(2 * facing));
    Vector up = new Vector(mirrored.x(), Math.max(mirrored.y(), 0.004), mirrored.z()).normalized();
    Vector reflection = trace(new Ray(point.plus(new Vector(0, 0.02, 0)), up), 14, false);
    double grazing = 1 - Math.max(0, facing);
    double squared = grazing * grazing;
    double mirror = 0.04 + 0.90 * squared * squared * grazing;
    double depth = -terrain.height(point.x(), point.z(), 1);
    Vector body =
        new Vector(0.16, 0.15, 0.085)
            .mix(DEEP_WATER, 1 - StrictMath.exp(-Math.max(0, depth) * 1.1));
    return body.mix(reflection, mirror);
  }

  /** What the air between adds and takes away: more in the distance, and most low over the lake. */
  private static Vector haze(Ray ray, double distance, Vector color) {
    double endHeight = Math.max(0, ray.at(distance).y());
    double thick = 1 / 15000.0 + StrictMath.exp(-endHeight / 260) / 8500;
    double veil = 1 - StrictMath.exp(-distance * thick);
    Vector air =
        Sky.HORIZON.mix(
            Sky.clear(new Vector(ray.direction().x(), 0.25, ray.direction().z()).normalized()),
            0.45);
    return color.mix(air, veil);
  }
}
