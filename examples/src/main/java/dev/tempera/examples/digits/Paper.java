package dev.tempera.examples.digits;

import java.util.List;

/** A square picture on which a pen leaves bright strokes; pixel centres lie at half-integers. */
final class Paper {
  private final int side;
  private final float[] pixels;

  Paper(int side) {
    this.side = side;
    this.pixels = new float[side * side];
  }

  /** Brightness of the pixels, row by row, from 0 to 1. */
  float[] pixels() {
    return pixels;
  }

  /**
   * Draws a stroke. A pixel is covered in part where the edge of the pen passes through it.
   *
   * @param width of the pen, in pixels
   */
  void draw(Stroke stroke, double width, double brightness) {
    List<Point> corners = stroke.corners();
    for (int i = 0; i + 1 < corners.size(); i++) {
      drawLine(corners.get(i), corners.get(i + 1), width / 2, brightness);
    }
  }

  private void drawLine(Point from, Point to, double radius, double brightness) {
    double reach = radius + 1;
    int top = bounded(Math.min(from.y(), to.y()) - reach);
    int bottom = bounded(Math.max(from.y(), to.y()) + reach);
    int left = bounded(Math.min(from.x(), to.x()) - reach);
    int right = bounded(Math.max(from.x(), to.x()) + reach);
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        double covered = radius + 0.5 - distance(column + 0.5, row + 0.5, from, to);
        float light = (float) (brightness * Math.clamp(covered, 0, 1));
        pixels[row * side + column] = Math.max(pixels[row * side + column], light);
      }
    }
  }

  private int bounded(double position) {
    return Math.clamp((long) Math.ceil(position), 0, side);
  }

  /** How far a place lies from the nearest point of a line between two points. */
  private static double distance(double x, double y, Point from, Point to) {
    Point line = to.minus(from);
    double squared = line.x() * line.x() + line.y() * line.y();
    double along = (x - from.x()) * line.x() + (y - from.y()) * line.y();
    double part = squared == 0 ? 0 : Math.clamp(along / squared, 0, 1);
    double dx = x - from.x() - part * line.x();
    double dy = y - from.y() - part * line.y();
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** Adds noise to every pixel, and keeps all between 0 and 1. */
  void roughen(double deviation, Draws draws) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.clamp(pixels[i] + (float) draws.normal(deviation), 0f, 1f);
    }
  }
}
