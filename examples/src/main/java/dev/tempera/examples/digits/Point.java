package dev.tempera.examples.digits;

/**
 * A place on paper.
 *
 * @param x to the right
 * @param y downwards
 */
record Point(double x, double y) {
  /** This point and another, weighted. */
  Point plus(Point other, double weight) {
    return new Point(x + weight * other.x, y + weight * other.y);
  }

  Point minus(Point other) {
    return plus(other, -1);
  }
}
