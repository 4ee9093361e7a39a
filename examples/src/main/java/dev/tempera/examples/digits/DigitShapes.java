package dev.tempera.examples.digits;

import java.util.List;

/**
 * The ways people write each digit, as strokes in a box of height 1 and width 1, which handwriting
 * then narrows.
 */
final class DigitShapes {
  private static final List<List<List<Stroke>>> SHAPES =
      List.of(
          // 0: an oval, closed or left open
          List.of(
              List.of(
                  Stroke.curve(
                      0.5, 0.02, 0.15, 0.2, 0.06, 0.5, 0.15, 0.8, 0.5, 0.98, 0.85, 0.8, 0.94, 0.5,
                      0.85, 0.2, 0.5, 0.02)),
              List.of(
                  Stroke.curve(
                      0.65, 0.06, 0.25, 0.1, 0.05, 0.45, 0.12, 0.85, 0.45, 1, 0.82, 0.82, 0.95,
                      0.45, 0.8, 0.12, 0.5, 0.08))),
          // 1: a stem, with a flag, with a foot
          List.of(
              List.of(Stroke.lines(0.5, 0, 0.5, 1)),
              List.of(Stroke.lines(0.25, 0.22, 0.55, 0, 0.55, 1)),
              List.of(Stroke.lines(0.28, 0.2, 0.5, 0, 0.5, 1), Stroke.lines(0.2, 1, 0.82, 1))),
          // 2: an angle at the foot, or a loop
          List.of(
              List.of(
                  Stroke.curve(
                      0.1, 0.25, 0.25, 0.06, 0.55, 0, 0.82, 0.12, 0.85, 0.32, 0.65, 0.58, 0.35, 0.8,
                      0.08, 1),
                  Stroke.lines(0.08, 1, 0.92, 0.98)),
              List.of(
                  Stroke.curve(
                      0.1, 0.22, 0.4, 0, 0.8, 0.15, 0.75, 0.45, 0.4, 0.8, 0.15, 0.97, 0.08, 0.85,
                      0.3, 0.8, 0.6, 0.95, 0.95, 0.92))),
          // 3: two bows, or a flat top
          List.of(
              List.of(
                  Stroke.curve(0.1, 0.12, 0.45, 0, 0.82, 0.15, 0.75, 0.38, 0.4, 0.47),
                  Stroke.curve(0.4, 0.47, 0.8, 0.55, 0.9, 0.77, 0.6, 0.98, 0.25, 0.97, 0.05, 0.83)),
              List.of(
                  Stroke.lines(0.1, 0.02, 0.85, 0.02, 0.42, 0.42),
                  Stroke.curve(
                      0.42, 0.42, 0.82, 0.5, 0.9, 0.76, 0.6, 0.98, 0.22, 0.97, 0.05, 0.85))),
          // 4: closed, or open at the top
          List.of(
              List.of(Stroke.lines(0.68, 1, 0.68, 0, 0.05, 0.68, 0.95, 0.68)),
              List.of(
                  Stroke.lines(0.2, 0, 0.1, 0.5, 0.9, 0.52), Stroke.lines(0.74, 0.08, 0.68, 1))),
          // 5: an angular top, or one curve
          List.of(
              List.of(
                  Stroke.lines(0.85, 0.02, 0.2, 0.02, 0.15, 0.45),
                  Stroke.curve(
                      0.15, 0.45, 0.5, 0.36, 0.85, 0.5, 0.88, 0.78, 0.55, 0.99, 0.2, 0.95, 0.05,
                      0.85)),
              List.of(
                  Stroke.curve(
                      0.88, 0.05, 0.5, 0.02, 0.2, 0.1, 0.15, 0.4, 0.5, 0.42, 0.85, 0.6, 0.75, 0.9,
                      0.4, 1, 0.05, 0.9))),
          // 6: curved, or with a straight back
          List.of(
              List.of(
                  Stroke.curve(
                      0.75, 0.03, 0.4, 0.2, 0.12, 0.55, 0.15, 0.85, 0.45, 1, 0.8, 0.88, 0.85, 0.65,
                      0.6, 0.5, 0.3, 0.57, 0.13, 0.75)),
              List.of(
                  Stroke.curve(
                      0.45, 0, 0.25, 0.35, 0.1, 0.75, 0.3, 0.98, 0.65, 0.98, 0.88, 0.78, 0.7, 0.58,
                      0.35, 0.6, 0.13, 0.8))),
          // 7: plain, with a bar, or curved
          List.of(
              List.of(Stroke.lines(0.08, 0.03, 0.9, 0.03, 0.4, 1)),
              List.of(
                  Stroke.lines(0.08, 0.03, 0.9, 0.03, 0.35, 1), Stroke.lines(0.28, 0.5, 0.82, 0.5)),
              List.of(
                  Stroke.lines(0.08, 0.14, 0.1, 0.03, 0.9, 0.03),
                  Stroke.curve(0.9, 0.03, 0.62, 0.4, 0.45, 1))),
          // 8: begun in the middle, or like an S
          List.of(
              List.of(
                  Stroke.curve(
                      0.5, 0.47, 0.2, 0.3, 0.25, 0.08, 0.5, 0, 0.78, 0.1, 0.78, 0.32, 0.5, 0.47,
                      0.15, 0.68, 0.15, 0.9, 0.5, 1, 0.85, 0.9, 0.85, 0.65, 0.5, 0.47)),
              List.of(
                  Stroke.curve(
                      0.8, 0.12, 0.5, 0, 0.2, 0.15, 0.35, 0.4, 0.7, 0.6, 0.85, 0.82, 0.5, 1, 0.12,
                      0.85, 0.3, 0.58, 0.7, 0.38, 0.8, 0.12))),
          // 9: a straight tail, or a curved one
          List.of(
              List.of(
                  Stroke.curve(
                      0.85, 0.3, 0.7, 0.05, 0.35, 0.02, 0.12, 0.22, 0.25, 0.48, 0.6, 0.5, 0.85,
                      0.3),
                  Stroke.curve(0.85, 0.3, 0.82, 0.7, 0.7, 1)),
              List.of(
                  Stroke.curve(
                      0.85, 0.25, 0.65, 0.03, 0.3, 0.05, 0.13, 0.28, 0.3, 0.5, 0.65, 0.46, 0.85,
                      0.25),
                  Stroke.curve(0.85, 0.25, 0.88, 0.6, 0.7, 0.92, 0.4, 1, 0.15, 0.92))));

  private DigitShapes() {}

  /** The ways to write a digit from 0 to 9; each is some strokes. */
  static List<List<Stroke>> of(int digit) {
    return SHAPES.get(digit);
  }
}
