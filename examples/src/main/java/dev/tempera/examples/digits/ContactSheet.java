package dev.tempera.examples.digits;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The first pictures of a set side by side: {@code examples/run digits FILE.png}. */
public final class ContactSheet {
  private static final int COLUMNS = 24;
  private static final int ROWS = 12;
  private static final int TILE = Digits.SIDE + 2;
  private static final int BORDER = 0x304060;

  private ContactSheet() {}

  /** The picture of the first pictures, row by row. */
  public static BufferedImage of(Digits digits) {
    BufferedImage sheet =
        new BufferedImage(COLUMNS * TILE, ROWS * TILE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < ROWS * TILE; y++) {
      for (int x = 0; x < COLUMNS * TILE; x++) {
        sheet.setRGB(x, y, color(digits, y, x));
      }
    }
    return sheet;
  }

  private static int color(Digits digits, int y, int x) {
    int number = y / TILE * COLUMNS + x / TILE;
    int row = y % TILE - 1;
    int column = x % TILE - 1;
    boolean inside = row >= 0 && row < Digits.SIDE && column >= 0 && column < Digits.SIDE;
    if (!inside || number >= digits.count()) {
      return BORDER;
    }
    int gray = Math.round(255 * digits.pixel(number, row, column));
    return gray * 0x010101;
  }

  /** Writes the sheet of a set as PNG. Arguments: the file, and a seed (1). */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "digits.png");
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    ImageIO.write(of(Digits.generate(seed, ROWS * COLUMNS)), "png", file.toFile());
    System.out.println(file);
  }
}
