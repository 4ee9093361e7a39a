package dev.tempera.style.demo;

/** A half-line from the origin along the direction, which has length 1. */
record Ray(Vector origin, Vector direction) {
  Vector at(double distance) {
    return origin.plus(direction.times(distance));
  }
}
