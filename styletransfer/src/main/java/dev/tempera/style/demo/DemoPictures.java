package dev.tempera.style.demo;

import dev.tempera.style.image.Picture;
import dev.tempera.style.image.PictureException;
import dev.tempera.style.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two pictures that come with the program, to paint the one like the other. */
public final class DemoPictures {
  /** The seed of the landscape. */
  static final long LANDSCAPE_SEED = 7;

  private static final long PAINTING_SEED = 10;

  private DemoPictures() {}

  /** The landscape, which looks like a photograph. */
  public static Picture landscape() {
    return ProceduralLandscape.render(LANDSCAPE_SEED);
  }

  /** The painting, all strokes and whirls. */
  public static Picture painting() {
    return ProceduralPainting.render(PAINTING_SEED);
  }

  /**
   * Draws both pictures and writes them to the folder, which is made if there is none.
   *
   * @return the files, landscape.png and painting.png
   * @throws PictureException if the folder cannot be made or the files cannot be written
   */
  public static List<Path> writeTo(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new PictureException(folder + ": this folder cannot be made", failure);
    }
    Path landscape = folder.resolve("landscape.png");
    Path painting = folder.resolve("painting.png");
    PictureWriter writer = PictureWriter.standard();
    writer.checkWritable(landscape);
    writer.withText("Title", "Lake below the mountains").write(landscape(), landscape);
    writer.withText("Title", "Night of whirls").write(painting(), painting);
    return List.of(landscape, painting);
  }
}
