package dev.tempera.style.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final float[] ONE_PIXEL = {0.25f, 0.5f, 0.75f};

  @Test
  void keepsItsSamplesWhateverHappensToTheArrayItWasMadeOf() {
    float[] samples = ONE_PIXEL.clone();
    Picture picture = Picture.of(1, 1, samples);

    samples[0] = 1;

    assertThat(picture.sample(0, 0, 0)).isEqualTo(0.25f);
    assertThatThrownBy(() -> picture.rgb().put(0, 1)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void indexesSamplesByChannelRowAndColumn() {
    float[] samples = new float[3 * 2 * 4];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    Picture picture = Picture.of(4, 2, samples);

    assertThat(picture.sample(2, 1, 3)).isEqualTo((2 * 2 + 1) * 4 + 3);
    assertThatThrownBy(() -> picture.sample(0, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("row 0, column 4 of a picture 4×2");
  }

  @Test
  void refusesSidesAndSamplesThatDoNotFit() {
    assertThatThrownBy(() -> Picture.of(0, 5, new float[0]))
        .isInstanceOf(PictureException.class)
        .hasMessage("picture: sides must be at least 1, here 0 wide and 5 high");
    assertThatThrownBy(() -> Picture.of(3, 2, new float[17]))
        .hasMessage("picture: 3×2 pixels (width×height) need 18 samples (3, H, W), got 17");
    assertThatThrownBy(() -> Picture.of(3, 2, new float[18], new float[5]))
        .hasMessage("picture: 3×2 pixels (width×height) need 6 alpha samples (H, W), got 5");
    assertThatThrownBy(() -> Picture.of(1 << 16, 1 << 16, new float[0]))
        .hasMessageContaining("need 12884901888 samples");
  }

  @Test
  void equalsAnotherOfTheSameContent() {
    Picture picture = Picture.of(1, 1, ONE_PIXEL);

    assertThat(picture)
        .isEqualTo(Picture.of(1, 1, ONE_PIXEL))
        .hasSameHashCodeAs(Picture.of(1, 1, ONE_PIXEL))
        .isNotEqualTo(Picture.of(1, 1, ONE_PIXEL, new float[] {0.5f}))
        .hasToString("Picture 1×1");
  }

  @Test
  void survivesTheWayThroughAnImageOfEightBits() {
    BufferedImage image = TestImages.noise(17, 11, 5);

    BufferedImage back = Picture.of(image).toBufferedImage();

    assertThat(back.getRGB(0, 0, 17, 11, null, 0, 17))
        .isEqualTo(image.getRGB(0, 0, 17, 11, null, 0, 17));
  }

  @Test
  void survivesTheWayThroughAnImageOfSixteenBits() {
    int[] samples = TestImages.deepSamples(3 * 64, 6);
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, 8, 8, samples);

    BufferedImage back = Picture.of(image).toDeepBufferedImage();

    assertThat(back.getRaster().getPixels(0, 0, 8, 8, (int[]) null)).isEqualTo(samples);
  }

  @Test
  void clampsAndRoundsToTheNearestWhenItBecomesIntegers() {
    Picture picture = Picture.of(1, 1, new float[] {-0.5f, 1.5f, 100.51f / 255});

    assertThat(picture.toBufferedImage().getRGB(0, 0)).isEqualTo(0xFF00FF65);
    assertThat(Picture.of(1, 1, new float[] {0, Float.POSITIVE_INFINITY, 0}).toBufferedImage())
        .satisfies(image -> assertThat(image.getRGB(0, 0)).isEqualTo(0xFF00FF00));
  }

  @Test
  void refusesToBecomeIntegersWhereASampleIsNotANumber() {
    float[] samples = new float[3 * 6];
    samples[6 + 5] = Float.NaN;

    assertThatThrownBy(Picture.of(3, 2, samples)::toBufferedImage)
        .isInstanceOf(PictureException.class)
        .hasMessage("picture 3×2: the green sample at row 1, column 2 is not a number");
  }

  @Test
  void laysTransparencyOverWhiteAndTakesItOffAgain() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80FF0040);
    image.setRGB(1, 0, 0xFF102030);

    Picture picture = Picture.of(image);

    float opacity = 128 / 255f;
    assertThat(picture.sample(0, 0, 0)).isEqualTo(1);
    assertThat(picture.sample(1, 0, 0)).isCloseTo(1 - opacity, within(1e-6f));
    assertThat(picture.alpha().orElseThrow().get(0)).isEqualTo(opacity);
    BufferedImage back = picture.toBufferedImage();
    assertThat(back.getRGB(0, 0)).isEqualTo(0x80FF0040);
    assertThat(back.getRGB(1, 0)).isEqualTo(0xFF102030);
  }

  @Test
  void showsWhiteWhereItIsWhollyTransparent() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);

    assertThat(Picture.of(image).sample(0, 0, 0)).isEqualTo(1);
  }

  @Test
  void undoesPremultipliedAlpha() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR_PRE);
    image.getRaster().setPixel(0, 0, new int[] {17, 0, 85, 85});

    Picture picture = Picture.of(image);

    assertThat(picture.toBufferedImage().getRGB(0, 0)).isEqualTo(0x553300FF);
  }

  @Test
  void forgetsAnAlphaPlaneThatIsOpaqueEverywhere() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 2, 2, new int[] {0xFF000000, 0xFF111111, 0xFF222222, 0xFF333333}, 0, 2);

    assertThat(Picture.of(image).alpha()).isEmpty();
  }

  @Test
  void takesGreyAsItIsShownAndNotAsLinearLight() {
    BufferedImage image =
        TestImages.ofComponents(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, 1, 1, 77);

    Picture picture = Picture.of(image);

    for (int channel = 0; channel < 3; channel++) {
      assertThat(picture.sample(channel, 0, 0)).isEqualTo(77 / 255f);
    }
  }

  @Test
  void convertsLinearLightToSrgb() {
    BufferedImage image =
        TestImages.ofComponents(
            ColorSpace.CS_LINEAR_RGB, DataBuffer.TYPE_USHORT, 1, 1, 0x8000, 0, 0xFFFF);

    Picture picture = Picture.of(image);

    assertThat(picture.sample(0, 0, 0)).isCloseTo(0.7354f, within(0.002f)); // IEC 61966-2-1
    assertThat(picture.sample(1, 0, 0)).isCloseTo(0, within(0.002f));
    assertThat(picture.sample(2, 0, 0)).isCloseTo(1, within(0.002f));
  }
}
