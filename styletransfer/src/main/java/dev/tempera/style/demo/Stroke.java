package dev.tempera.style.demo;

import java.util.List;

/**
 * One movement of a loaded brush.
 *
 * @param number tells the stroke from all others; not 0
 * @param path points of the canvas (column, row, unused), one canvas point apart
 * @param breadth the width of the brush in canvas points
 * @param left the paint on the left side of the brush
 * @param right the paint on its right side
 */
record Stroke(int number, List<Vector> path, double breadth, Vector left, Vector right) {

  /** The part of the path that is done at a step, 0 to 1. */
  double progress(int step) {
    return (double) step / path.size();
  }
}
