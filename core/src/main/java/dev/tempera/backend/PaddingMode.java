package dev.tempera.backend;

/** What stands beyond the edge of an image. */
public enum PaddingMode {
  /** Zeros. */
  ZERO,
  /** The image mirrored at its edge pixels, which are not repeated: c b | a b c | b a. */
  REFLECT,
  /** The edge pixel again and again: a a | a b c | c c. */
  REPLICATE,
  /** The image again, as on a torus: b c | a b c | a b. */
  CIRCULAR;

  /**
   * The pixel of an axis that stands at a position, which may lie beyond its ends; −1 where that is
   * a zero.
   *
   * @param position from −padding to length + padding − 1
   * @param length of the axis, at least 1; reflection needs padding below it, circular padding no
   *     more than it
   */
  public int source(int position, int length) {
    if (position >= 0 && position < length) {
      return position;
    }
    return switch (this) {
      case ZERO -> -1;
      case REFLECT -> position < 0 ? -position : 2 * (length - 1) - position;
      case REPLICATE -> position < 0 ? 0 : length - 1;
      case CIRCULAR -> position < 0 ? position + length : position - length;
    };
  }
}
