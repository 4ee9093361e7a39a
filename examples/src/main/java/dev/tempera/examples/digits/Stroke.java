package dev.tempera.examples.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One movement of the pen through some points.
 *
 * @param smooth whether it curves through them rather than turning at corners
 * @param points at least two
 */
record Stroke(boolean smooth, List<Point> points) {
  private static final int STEPS = 6;

  Stroke {
    points = List.copyOf(points);
  }

  /** A curve through points given as x, y, x, y, … */
  static Stroke curve(double... coordinates) {
    return new Stroke(true, points(coordinates));
  }

  /** Straight lines between points given as x, y, x, y, … */
  static Stroke lines(double... coordinates) {
    return new Stroke(false, points(coordinates));
  }

  private static List<Point> points(double... coordinates) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < coordinates.length; i += 2) {
      points.add(new Point(coordinates[i], coordinates[i + 1]));
    }
    return points;
  }

  /** The same movement through other points. */
  Stroke map(UnaryOperator<Point> change) {
    return new Stroke(smooth, points.stream().map(change).toList());
  }

  /**
   * Corners of straight lines that follow the movement; a curve is a Catmull-Rom spline (Catmull
   * and Rom, 1974).
   */
  List<Point> corners() {
    if (!smooth) {
      return points;
    }
    List<Point> corners = new ArrayList<>();
    int last = points.size() - 1;
    for (int i = 0; i < last; i++) {
      Point start = points.get(i);
      Point end = points.get(i + 1);
      Point leave = end.minus(points.get(Math.max(i - 1, 0)));
      Point arrive = points.get(Math.min(i + 2, last)).minus(start);
      for (int step = 0; step < STEPS; step++) {
        corners.add(hermite(start, leave, end, arrive, (double) step / STEPS));
      }
    }
    corners.add(points.get(last));
    return corners;
  }

  /** The cubic with these ends and half these slopes, at t from 0 to 1. */
  private static Point hermite(Point start, Point leave, Point end, Point arrive, double t) {
    double s = 1 - t;
    return new Point(0, 0)
        .plus(start, s * s * (1 + 2 * t))
        .plus(leave, 0.5 * t * s * s)
        .plus(end, t * t * (1 + 2 * s))
        .plus(arrive, -0.5 * t * t * s);
  }
}
