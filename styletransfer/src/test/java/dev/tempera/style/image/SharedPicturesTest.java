package dev.tempera.style.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the real photographs and paintings that lie beside the repository. */
class SharedPicturesTest {
  private static Path images = Path.of("");

  @BeforeAll
  static void findImages() {
    images = sharedFolder().resolve("data").resolve("images");
    boolean present = Files.isDirectory(images);
    if (!present) {
      System.out.println("Skipped: no pictures in " + images + " (set -Dtempera.shared=)");
    }
    assumeTrue(present);
  }

  /** The folder that the system property names, or else the one beside the repository. */
  private static Path sharedFolder() {
    String property = System.getProperty("tempera.shared");
    if (property != null) {
      return Path.of(property);
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("shared").resolve("data"))) {
        return folder.resolve("shared");
      }
    }
    return start.resolveSibling("shared");
  }

  /** Sizes and means over all samples, as another library reads them (Pillow 12.3). */
  @ParameterizedTest
  @CsvSource({
    "content/astronaut.png, 512, 512, 114.599",
    "content/boston.jpg, 5176, 3464, 124.045",
    "content/kodim08_houses.png, 768, 512, 121.679",
    "content/kodim23_parrots.png, 768, 512, 102.351",
    "content/tubingen.jpg, 1024, 768, 112.994",
    "style/great_wave.jpg, 928, 514, 152.351",
    "style/monet_poppies.jpg, 800, 600, 141.788",
    "style/shipwreck.jpg, 960, 662, 74.646",
    "style/starry_night.jpg, 1280, 1014, 93.269",
    "style/the_scream.jpg, 1200, 1528, 83.376"
  })
  void readsTheSamePixelsAsAnotherLibrary(String name, int width, int height, double mean) {
    Picture picture = PictureReader.read(images.resolve(name));

    assertThat(picture.width()).isEqualTo(width);
    assertThat(picture.height()).isEqualTo(height);
    double sum = 0;
    for (int i = 0; i < picture.rgb().capacity(); i++) {
      sum += picture.rgb().get(i);
    }
    assertThat(sum / picture.rgb().capacity() * 255).isCloseTo(mean, within(0.2));
  }
}
