package dev.tempera.style.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderProfileTest {
  @TempDir Path folder;

  private Picture read(String name, byte[] bytes) throws IOException {
    return PictureReader.read(TestImages.save(folder, name, bytes));
  }

  private static byte[] png(BufferedImage image, byte[] profile) throws IOException {
    return TestImages.withPngChunk(
        TestImages.encode(image, "png"), "iCCP", TestImages.pngProfile(profile));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void convertsFromAnEmbeddedProfile(String format) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, 0xC08020);
    }
    byte[] profile = TestImages.profileWithRedAndBlueSwapped();
    byte[] file =
        format.equals("png")
            ? png(image, profile)
            : TestImages.withJpegSegment(
                TestImages.encode(image, "jpg"), 0xE2, TestImages.jpegProfile(profile));

    Picture picture = read("swapped." + format, file);

    assertThat(picture.sample(0, 4, 4)).isCloseTo(0x20 / 255f, within(0.02f));
    assertThat(picture.sample(1, 4, 4)).isCloseTo(0x80 / 255f, within(0.02f));
    assertThat(picture.sample(2, 4, 4)).isCloseTo(0xC0 / 255f, within(0.02f));
  }

  @Test
  void convertsWithMoreThanEightBits() throws IOException {
    int[] samples = new int[3 * 256];
    for (int i = 0; i < 256; i++) {
      samples[3 * i] = 0x8000 + 16 * i;
      samples[3 * i + 1] = 0x4000;
      samples[3 * i + 2] = 0x2000;
    }
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, 256, 1, samples);

    Picture picture = read("deep.png", png(image, TestImages.profileWithRedAndBlueSwapped()));

    int distinct = 1;
    for (int column = 1; column < 256; column++) {
      if (picture.sample(2, 0, column) > picture.sample(2, 0, column - 1)) {
        distinct++;
      }
    }
    assertThat(distinct).isGreaterThan(200);
  }

  @Test
  void leavesTheSamplesOfSrgbFilesAlone() throws IOException {
    BufferedImage image = TestImages.noise(16, 16, 7);

    Picture picture =
        read("srgb.png", png(image, ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData()));

    assertThat(picture).isEqualTo(Picture.of(image));
  }

  @Test
  void convertsGreyWithAProfileOfItsOwn() throws IOException {
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, 1, 1, 128);
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

    Picture picture = read("linear.png", png(image, linear));

    assertThat(picture.sample(0, 0, 0)).isCloseTo(0.737f, within(0.005f)); // IEC 61966-2-1
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "cut", "wrong-components"})
  void ignoresAProfileThatCannotBeUsed(String damage) throws IOException {
    BufferedImage image = TestImages.noise(4, 4, 8);
    byte[] profile =
        switch (damage.toLowerCase(Locale.ROOT)) {
          case "nonsense" -> "this is no profile".getBytes(StandardCharsets.US_ASCII);
          case "cut" -> Arrays.copyOf(TestImages.profileWithRedAndBlueSwapped(), 900);
          default -> ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        };

    assertThat(read("odd.png", png(image, profile))).isEqualTo(Picture.of(image));
  }
}
