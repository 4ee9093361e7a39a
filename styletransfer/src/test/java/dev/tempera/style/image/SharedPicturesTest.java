package dev.tempera.style.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.testkit.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the real photographs and paintings that lie beside the repository. */
class SharedPicturesTest {
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
    Picture picture = PictureReader.read(SharedData.require("images/" + name));

    assertThat(picture.width()).isEqualTo(width);
    assertThat(picture.height()).isEqualTo(height);
    double sum = 0;
    for (int i = 0; i < picture.rgb().capacity(); i++) {
      sum += picture.rgb().get(i);
    }
    assertThat(sum / picture.rgb().capacity() * 255).isCloseTo(mean, within(0.2));
  }
}
