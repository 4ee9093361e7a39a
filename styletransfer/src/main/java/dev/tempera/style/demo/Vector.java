package dev.tempera.style.demo;

/** Three numbers: a point or direction (x right, y up, z ahead, metres) or a linear RGB colour. */
record Vector(double x, double y, double z) {
  static final Vector ZERO = new Vector(0, 0, 0);

  Vector plus(Vector other) {
    return new Vector(x + other.x, y + other.y, z + other.z);
  }

  Vector minus(Vector other) {
    return new Vector(x - other.x, y - other.y, z - other.z);
  }

  Vector times(double factor) {
    return new Vector(x * factor, y * factor, z * factor);
  }

  Vector times(Vector other) {
    return new Vector(x * other.x, y * other.y, z * other.z);
  }

  double dot(Vector other) {
    return x * other.x + y * other.y + z * other.z;
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  Vector normalized() {
    return times(1 / length());
  }

  /** This at t = 0, the other at t = 1. */
  Vector mix(Vector other, double t) {
    return new Vector(x + (other.x - x) * t, y + (other.y - y) * t, z + (other.z - z) * t);
  }

  /** 0 below the first edge, 1 above the second, a smooth step between. */
  static double step(double from, double to, double value) {
    double t = Math.clamp((value - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
  }
}
