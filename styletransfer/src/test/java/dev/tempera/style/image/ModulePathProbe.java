package dev.tempera.style.image;

import java.nio.file.Path;

/**
 * A program that reads the pictures named on its command line; it is started on the module path.
 */
final class ModulePathProbe {
  private ModulePathProbe() {}

  /** Prints a line for each file: the module it runs in, the size and the first pixel. */
  public static void main(String[] files) {
    for (String file : files) {
      Picture picture = PictureReader.read(Path.of(file));
      System.out.printf(
          "%s %d %d %.0f %.0f %.0f%n",
          PictureReader.class.getModule().getName(),
          picture.width(),
          picture.height(),
          picture.sample(0, 0, 0) * 255,
          picture.sample(1, 0, 0) * 255,
          picture.sample(2, 0, 0) * 255);
    }
  }
}
