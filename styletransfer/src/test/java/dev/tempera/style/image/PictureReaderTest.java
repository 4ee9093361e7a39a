package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  @TempDir Path folder;

  private Picture read(String name, byte[] bytes) throws IOException {
    return PictureReader.read(TestImages.save(folder, name, bytes));
  }

  private Picture readResource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return read(name, in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void readsLosslessFormatsExactly(String format) throws IOException {
    BufferedImage image = TestImages.noise(23, 14, 1);

    Picture picture = read("noise", TestImages.encode(image, format));

    assertThat(picture).isEqualTo(Picture.of(image));
    assertThat(picture.alpha()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "gif", "jpg"})
  void readsASinglePixel(String format) throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, 0xFFFFFF);

    Picture picture = read("dot", TestImages.encode(image, format));

    assertThat(picture.width()).isEqualTo(1);
    assertThat(picture.height()).isEqualTo(1);
    assertThat(picture.sample(1, 0, 0)).isEqualTo(1);
  }

  @Test
  void tellsFormatsByContentAndNotByName() throws IOException {
    BufferedImage image = TestImages.noise(5, 5, 2);

    assertThat(read("wrong.jpg", TestImages.encode(image, "png"))).isEqualTo(Picture.of(image));
  }

  @Test
  void readsJpegWithinItsLoss() throws IOException {
    BufferedImage image = TestImages.gradient(64, 48);

    Picture picture = read("photo.jpg", TestImages.encode(image, "jpg"));

    assertPicturesClose(picture, Picture.of(image), 8);
  }

  @Test
  void expandsAGreyJpeg() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 16, 16, 0, new int[256]);
    image.getRaster().setSample(0, 0, 0, 0);

    Picture picture = read("grey.jpg", TestImages.encode(image, "jpg"));

    assertThat(picture.sample(0, 8, 8)).isZero();
    assertThat(picture.sample(2, 8, 8)).isZero();
  }

  @Test
  void readsCmykJpeg() throws IOException {
    Picture picture = readResource("cmyk.jpg"); // 2×2 fields: cyan, magenta, yellow, black

    assertColor(picture, 8, 8, 0, 255, 255);
    assertColor(picture, 8, 24, 255, 0, 255);
    assertColor(picture, 24, 8, 255, 255, 0);
    assertColor(picture, 24, 24, 0, 0, 0);
  }

  @Test
  void readsYcckJpeg() throws IOException {
    byte[] cmyk;
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("cmyk.jpg"))) {
      cmyk = in.readAllBytes();
    }
    // The byte of Adobe's marker that says how the first three components are to be understood.
    int adobe = new String(cmyk, ISO_8859_1).indexOf("Adobe");
    cmyk[adobe + 11] = 2;

    Picture picture = read("ycck.jpg", cmyk);

    // The field stored as (Y, Cb, Cr, K) = (0, 255, 255, 255), inverted as Adobe does.
    assertThat(picture.width()).isEqualTo(32);
    assertThat(picture.sample(1, 24, 24)).isEqualTo(0);
  }

  @Test
  void readsWebp() throws IOException {
    Picture exact = readResource("lossless.webp");
    assertThat(exact.width()).isEqualTo(8);
    assertThat(exact.height()).isEqualTo(6);
    for (int row = 0; row < 6; row++) {
      for (int column = 0; column < 8; column++) {
        assertThat(exact.sample(0, row, column)).isEqualTo(column * 30 / 255f);
        assertThat(exact.sample(1, row, column)).isEqualTo(row * 40 / 255f);
        assertThat(exact.sample(2, row, column)).isEqualTo(100 / 255f);
      }
    }
    assertThat(readResource("alpha.webp").alpha().orElseThrow().get(3))
        .isEqualTo((255 - 3 * 36) / 255f);
    assertThat(readResource("lossy.webp").sample(2, 12, 16)).isCloseTo(100 / 255f, within(0.1f));
  }

  @Test
  void readsTheFirstFrameOfAGif() throws IOException {
    byte[] levels = {7, (byte) 200};
    IndexColorModel palette = new IndexColorModel(1, 2, levels, levels, levels);
    BufferedImage image = new BufferedImage(14, 10, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(2, 7, 0, 1);

    assertThat(read("dot.gif", TestImages.encode(image, "gif"))).isEqualTo(Picture.of(image));
  }

  @Test
  void readsSixteenBitPngExactly() throws IOException {
    int[] samples = TestImages.deepSamples(3 * 15 * 9, 3);
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, 15, 9, samples);

    Picture picture = read("deep.png", TestImages.encode(image, "png"));

    for (int pixel = 0; pixel < 15 * 9; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        assertThat(picture.sample(channel, pixel / 15, pixel % 15))
            .isEqualTo(samples[3 * pixel + channel] / 65535f);
      }
    }
  }

  @Test
  void readsSixteenBitGreyPngExactly() throws IOException {
    int[] samples = TestImages.deepSamples(6, 4);
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_GRAY, DataBuffer.TYPE_USHORT, 3, 2, samples);

    Picture picture = read("deep.png", TestImages.encode(image, "png"));

    assertThat(picture.sample(0, 1, 2)).isEqualTo(samples[5] / 65535f);
    assertThat(picture.sample(2, 1, 2)).isEqualTo(samples[5] / 65535f);
  }

  @Test
  void readsGreyWithAlpha() throws IOException {
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, 2, 1, 100, 51, 200, 255);

    Picture picture = read("grey-alpha.png", TestImages.encode(image, "png"));

    assertThat(picture.alpha().orElseThrow().get(0)).isEqualTo(0.2f);
    assertThat(picture.sample(0, 0, 0)).isCloseTo(100 / 255f * 0.2f + 0.8f, within(1e-6f));
    assertThat(picture.sample(2, 0, 1)).isEqualTo(200 / 255f);
  }

  @Test
  void readsAPaletteWithTransparency() throws IOException {
    byte[] red = {0, (byte) 255, 10};
    byte[] green = {0, (byte) 128, 20};
    byte[] blue = {0, 64, 30};
    byte[] alpha = {0, (byte) 255, 51};
    IndexColorModel palette = new IndexColorModel(2, 3, red, green, blue, alpha);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});

    Picture picture = read("palette.png", TestImages.encode(image, "png"));

    assertThat(picture.sample(0, 0, 0)).isEqualTo(1);
    assertColor(picture, 0, 1, 255, 128, 64);
    assertThat(picture.sample(1, 0, 2)).isCloseTo(20 / 255f * 0.2f + 0.8f, within(1e-6f));
    assertThat(picture.alpha().orElseThrow().get(2)).isEqualTo(0.2f);
  }

  @Test
  void readsBlackAndWhite() throws IOException {
    BufferedImage image = new BufferedImage(9, 2, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(8, 1, 0xFFFFFF);

    Picture picture = read("bits.png", TestImages.encode(image, "png"));

    assertThat(picture.sample(0, 1, 8)).isEqualTo(1);
    assertThat(picture.sample(0, 1, 7)).isZero();
  }

  private static void assertColor(Picture picture, int row, int column, int... expected) {
    for (int channel = 0; channel < 3; channel++) {
      assertThat(picture.sample(channel, row, column) * 255)
          .isCloseTo(expected[channel], within(6f));
    }
  }

  private static void assertPicturesClose(Picture actual, Picture expected, float steps) {
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    for (int i = 0; i < expected.rgb().capacity(); i++) {
      assertThat(actual.rgb().get(i) * 255).isCloseTo(expected.rgb().get(i) * 255, within(steps));
    }
  }
}
