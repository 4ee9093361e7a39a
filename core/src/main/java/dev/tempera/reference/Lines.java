package dev.tempera.reference;

import dev.tempera.data.Shape;
import dev.tempera.data.View;

/** Reads and writes all elements along one axis of a view at once, as doubles. */
final class Lines {
  private final Elements elements;
  private final int axis;
  private final int length;

  /** The lines of a view along an axis. */
  Lines(View view, int axis) {
    this.elements = new Elements(view);
    this.axis = axis;
    this.length = view.shape().dim(axis);
  }

  /** Visits the first element of each line of a shape. */
  static void forEach(Shape shape, int axis, Coordinates.Visitor visitor) {
    Coordinates.forEach(shape.with(axis, 1), visitor);
  }

  /** The elements of the line that begins at these coordinates. */
  double[] get(int[] first) {
    int[] at = first.clone();
    double[] line = new double[length];
    for (int i = 0; i < length; i++) {
      at[axis] = first[axis] + i;
      line[i] = elements.get(at);
    }
    return line;
  }

  /** Sets the elements of the line that begins at these coordinates, rounded to the type. */
  void set(double[] line, int[] first) {
    int[] at = first.clone();
    for (int i = 0; i < length; i++) {
      at[axis] = first[axis] + i;
      elements.set(line[i], at);
    }
  }
}
