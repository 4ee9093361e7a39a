package dev.tempera.style.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.style.image.Picture;
import dev.tempera.style.image.PictureException;
import dev.tempera.style.image.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPicturesTest {
  private static final long LARGEST_FILE = 400_000;

  @TempDir Path folder;

  @Tag("slow")
  @Test
  void drawsTheShippedExamplesAgainPixelForPixel() throws IOException {
    List<Path> drawn = DemoPictures.writeTo(folder.resolve("new"));

    assertThat(drawn).hasSize(2);
    for (Path file : drawn) {
      Path shipped = examples().resolve(String.valueOf(file.getFileName()));
      assertThat(PictureReader.read(file)).isEqualTo(PictureReader.read(shipped));
      assertThat(Files.size(shipped)).isLessThan(LARGEST_FILE);
    }
  }

  @Test
  void drawsTheShippedPaintingAgain() throws IOException {
    Picture shipped = PictureReader.read(examples().resolve("painting.png"));

    assertThat(Picture.of(DemoPictures.painting().toBufferedImage())).isEqualTo(shipped);
  }

  @Test
  void drawsRowsOfTheShippedLandscapeAgain() throws IOException {
    BufferedImage shipped =
        PictureReader.read(examples().resolve("landscape.png")).toBufferedImage();

    for (int row = 5; row < shipped.getHeight(); row += 42) {
      BufferedImage drawn =
          ProceduralLandscape.renderRow(row, DemoPictures.LANDSCAPE_SEED).toBufferedImage();
      assertThat(pixels(drawn, 0)).isEqualTo(pixels(shipped, row));
    }
  }

  private static int[] pixels(BufferedImage image, int row) {
    return image.getRGB(0, row, image.getWidth(), 1, null, 0, image.getWidth());
  }

  @Test
  void drawsTheSameFromTheSameSeedAndAnotherFromAnother() {
    Picture landscape = ProceduralLandscape.render(32, 24, 3);
    Picture painting = ProceduralPainting.render(32, 24, 3);

    assertThat(ProceduralLandscape.render(32, 24, 3)).isEqualTo(landscape);
    assertThat(ProceduralLandscape.render(32, 24, 4)).isNotEqualTo(landscape);
    assertThat(ProceduralPainting.render(32, 24, 3)).isEqualTo(painting);
    assertThat(ProceduralPainting.render(32, 24, 4)).isNotEqualTo(painting);
  }

  @Test
  void saysWhyItCannotWrite() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> DemoPictures.writeTo(file))
        .isInstanceOf(PictureException.class)
        .hasMessage(file + ": this folder cannot be made");
  }

  /** The repository's folder of examples, beside the module's own. */
  private static Path examples() {
    Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("examples").resolve("landscape.png"))) {
      folder = folder.getParent();
      assertThat(folder).as("a folder over the tests that holds examples/").isNotNull();
    }
    return folder.resolve("examples");
  }
}
