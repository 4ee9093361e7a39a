package dev.tempera.weights;

/**
 * An ellipse or rectangle of one colour with a texture over it.
 *
 * @param y the row of its centre
 * @param x the column of its centre
 * @param length half its longer extent, or shorter, in pixels
 * @param width half its extent across that, in pixels
 * @param angle between its length and the columns' direction, in radians
 * @param round whether it is an ellipse
 * @param red its colour, before the texture
 * @param green its colour, before the texture
 * @param blue its colour, before the texture
 * @param surface the texture added to all three colours
 */
record Leaf(
    double y,
    double x,
    double length,
    double width,
    double angle,
    boolean round,
    double red,
    double green,
    double blue,
    Surface surface) {

  /**
   * A piece of a texture.
   *
   * @param texture what it is cut from
   * @param amplitude what it is multiplied by
   * @param top the texture's row at the picture's first
   * @param left the texture's column at the picture's first
   */
  record Surface(PowerLawTexture texture, double amplitude, int top, int left) {
    double at(int row, int column) {
      return amplitude * texture.at(row + top, column + left);
    }
  }

  /**
   * Covers the pixels whose centres lie on the leaf.
   *
   * @param pixels (3, size, size)
   */
  void paint(float[] pixels, int size) {
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double reach = Math.sqrt(length * length + width * width);
    int bottom = (int) Math.min(size - 1, Math.floor(y + reach));
    int right = (int) Math.min(size - 1, Math.floor(x + reach));
    for (int row = (int) Math.max(0, Math.floor(y - reach)); row <= bottom; row++) {
      for (int column = (int) Math.max(0, Math.floor(x - reach)); column <= right; column++) {
        double dy = row + 0.5 - y;
        double dx = column + 0.5 - x;
        if (covers((dx * cosine + dy * sine) / length, (dy * cosine - dx * sine) / width)) {
          int pixel = row * size + column;
          double texture = surface.at(row, column);
          pixels[pixel] = clipped(red + texture);
          pixels[size * size + pixel] = clipped(green + texture);
          pixels[2 * size * size + pixel] = clipped(blue + texture);
        }
      }
    }
  }

  private boolean covers(double along, double across) {
    return round
        ? along * along + across * across <= 1
        : Math.max(Math.abs(along), Math.abs(across)) <= 1;
  }

  private static float clipped(double value) {
    return (float) Math.clamp(value, 0, 1);
  }
}
