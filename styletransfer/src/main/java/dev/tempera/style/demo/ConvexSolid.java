package dev.tempera.style.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The points that lie behind all of some planes. */
record ConvexSolid(List<Plane> planes) {

  /** A plane by its outward normal of length 1 and its distance from the origin along it. */
  record Plane(Vector normal, double offset) {}

  /** Where a ray enters a solid, and through which plane. */
  record Entry(double distance, Vector normal) {}

  /** An upright box between two corners. */
  static ConvexSolid box(Vector low, Vector high) {
    return new ConvexSolid(
        List.of(
            new Plane(new Vector(-1, 0, 0), -low.x()),
            new Plane(new Vector(1, 0, 0), high.x()),
            new Plane(new Vector(0, -1, 0), -low.y()),
            new Plane(new Vector(0, 1, 0), high.y()),
            new Plane(new Vector(0, 0, -1), -low.z()),
            new Plane(new Vector(0, 0, 1), high.z())));
  }

  /** Where the ray enters, or nothing if it misses or begins inside. */
  @Nullable Entry entry(Ray ray) {
    double near = 0;
    double far = Double.MAX_VALUE;
    Vector normal = Vector.ZERO;
    for (Plane plane : planes) {
      double speed = ray.direction().dot(plane.normal());
      double gap = plane.offset() - ray.origin().dot(plane.normal());
      if (speed == 0) {
        if (gap < 0) {
          return null;
        }
        continue;
      }
      double distance = gap / speed;
      if (speed > 0) {
        far = Math.min(far, distance);
      } else if (distance > near) {
        near = distance;
        normal = plane.normal();
      }
    }
    return near > 0 && near < far ? new Entry(near, normal) : null;
  }
}
