package dev.tempera.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static float[] pixels(Digits digits) {
    float[] pixels = new float[digits.count() * Digits.SIDE * Digits.SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int place = i % (Digits.SIDE * Digits.SIDE);
      pixels[i] =
          digits.pixel(i / (Digits.SIDE * Digits.SIDE), place / Digits.SIDE, place % Digits.SIDE);
    }
    return pixels;
  }

  @Test
  void theSameSeedDrawsTheSameDigits() {
    float[] first = pixels(Digits.generate(1, 50));
    assertThat(pixels(Digits.generate(1, 50))).isEqualTo(first);
    assertThat(pixels(Digits.generate(2, 50))).isNotEqualTo(first);
  }

  @Test
  void everyDigitIsAsFrequentAsAnyOther() {
    Digits digits = Digits.generate(3, 200);
    int[] counts = new int[Digits.CLASSES];
    IntStream.range(0, 200).forEach(i -> counts[digits.label(i)]++);
    assertThat(counts).containsOnly(20);
  }

  @Test
  void picturesHaveInkOnDarkPaper() {
    Digits digits = Digits.generate(4, 100);
    for (int number = 0; number < digits.count(); number++) {
      double bright = 0;
      for (int row = 0; row < Digits.SIDE; row++) {
        for (int column = 0; column < Digits.SIDE; column++) {
          float pixel = digits.pixel(number, row, column);
          assertThat(pixel).isBetween(0f, 1f);
          bright += pixel > 0.5f ? 1 : 0;
        }
      }
      // The shortest stroke, a 1 of 14 pixels under a pen of 1.2, has about 10 bright pixels.
      assertThat(bright).as("picture %d", number).isBetween(8.0, 300.0);
    }
  }

  @Test
  void epochsShowEveryPictureOnceInTheirOwnOrder() {
    Digits digits = Digits.generate(5, 30);
    int[] first = digits.shuffled(9, 1);
    assertThat(digits.shuffled(9, 1)).isEqualTo(first);
    assertThat(digits.shuffled(9, 2)).isNotEqualTo(first);
    Arrays.sort(first);
    assertThat(first).isEqualTo(IntStream.range(0, 30).toArray());
  }

  @Test
  void tensorsHoldTheChosenPictures() {
    Digits digits = Digits.generate(6, 10);
    try (TensorScope _ = TensorScope.open("test")) {
      Tensor images = digits.images(7, 2);
      assertThat(images.shape().toArray()).containsExactly(2, 1, Digits.SIDE, Digits.SIDE);
      assertThat(images.toFloats()[Digits.SIDE * Digits.SIDE + 14])
          .isEqualTo(digits.pixel(2, 0, 14));
      assertThat(digits.labels(7, 2).toDoubles()).containsExactly(digits.label(7), digits.label(2));
    }
  }

  @Test
  void sheetsShowPicturesSideBySide() {
    Digits digits = Digits.generate(7, 5);
    var sheet = ContactSheet.of(digits);
    int gray = Math.round(255 * digits.pixel(1, 13, 14));
    assertThat(sheet.getRGB(Digits.SIDE + 2 + 1 + 14, 1 + 13) & 0xFFFFFF)
        .isEqualTo(gray * 0x010101);
  }
}
