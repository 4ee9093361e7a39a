package dev.tempera.reference;

import dev.tempera.data.Shape;

/** Visits the coordinates of all elements of a shape in row-major order. */
final class Coordinates {
  /** What to do at each element; the array is reused. */
  @FunctionalInterface
  interface Visitor {
    void at(int[] coordinates);
  }

  private Coordinates() {}

  static void forEach(Shape shape, Visitor visitor) {
    long size = shape.size();
    int[] coordinates = new int[shape.rank()];
    for (long i = 0; i < size; i++) {
      visitor.at(coordinates);
      int axis = coordinates.length - 1;
      while (axis >= 0 && ++coordinates[axis] == shape.dim(axis)) {
        coordinates[axis--] = 0;
      }
    }
  }
}
