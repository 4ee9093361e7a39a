package dev.tempera.examples.digits;

import java.util.List;

/**
 * How one digit comes out of one hand: size, proportions, slant, turn and place on the paper, the
 * tremor of its points, the width and darkness of the pen, and the grain of the paper.
 *
 * @param height of the digit, in pixels
 * @param aspect width / height
 * @param slant columns to the right for each row up
 * @param turn radians, clockwise
 * @param shiftX columns from the middle of the picture
 * @param shiftY rows from the middle of the picture
 * @param tremor standard deviation of each point, in heights of the digit
 * @param penWidth in pixels
 * @param ink brightness of the strokes, at most 1
 * @param grain standard deviation of the noise in each pixel
 */
record Handwriting(
    double height,
    double aspect,
    double slant,
    double turn,
    double shiftX,
    double shiftY,
    double tremor,
    double penWidth,
    double ink,
    double grain) {

  /** A hand drawn at random. */
  static Handwriting draw(Draws draws) {
    return new Handwriting(
        draws.uniform(14, 22),
        draws.uniform(0.45, 0.9),
        draws.uniform(-0.15, 0.45),
        draws.uniform(-0.3, 0.3),
        draws.uniform(-3, 3),
        draws.uniform(-3, 3),
        draws.uniform(0.01, 0.045),
        draws.uniform(1.2, 3.4),
        draws.uniform(0.6, 1),
        draws.uniform(0, 0.15));
  }

  /**
   * Strokes as this hand puts them on a square picture.
   *
   * @param shape strokes in the unit box
   * @param side of the picture, in pixels
   */
  List<Stroke> write(List<Stroke> shape, int side, Draws draws) {
    double cosine = StrictMath.cos(turn);
    double sine = StrictMath.sin(turn);
    return shape.stream()
        .map(
            stroke ->
                stroke.map(
                    point -> {
                      double y = height * (point.y() - 0.5 + draws.normal(tremor));
                      double x =
                          height * (aspect * (point.x() - 0.5) + draws.normal(tremor)) - slant * y;
                      return new Point(
                          side / 2.0 + shiftX + cosine * x - sine * y,
                          side / 2.0 + shiftY + sine * x + cosine * y);
                    }))
        .toList();
  }
}
