package dev.tempera.style.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a picture's samples into integers: clamped to [0, 1], rounded to the nearest, without
 * dithering.
 *
 * <p>Images with alpha hold straight colours (not laid over white, not premultiplied), because that
 * is what files hold: the colour c that shows as v over white at opacity a is (v − (1 − a)) / a.
 */
final class PictureQuantizer {
  private static final String[] CHANNEL_NAMES = {"red", "green", "blue", "alpha"};

  private final Picture picture;
  private final FloatBuffer rgb;
  private final @Nullable FloatBuffer alpha;
  private final int pixels;
  private final int maximum;

  private PictureQuantizer(Picture picture, boolean keepsAlpha, int maximum) {
    this.picture = picture;
    this.rgb = picture.rgb();
    this.alpha = keepsAlpha ? picture.alpha().orElse(null) : null;
    this.pixels = picture.width() * picture.height();
    this.maximum = maximum;
  }

  /** The picture as an sRGB image with this many bits a sample, 8 or 16. */
  static BufferedImage toImage(Picture picture, int bitDepth) {
    BufferedImage image =
        bitDepth == 8
            ? shallowImage(picture.width(), picture.height(), picture.alpha().isPresent())
            : deepImage(picture.width(), picture.height(), picture.alpha().isPresent());
    new PictureQuantizer(picture, true, (1 << bitDepth) - 1).fill(image.getRaster());
    return image;
  }

  /** The picture as an sRGB image of 8 bits a sample, as it shows over white, without alpha. */
  static BufferedImage toOpaqueImage(Picture picture) {
    BufferedImage image = shallowImage(picture.width(), picture.height(), false);
    new PictureQuantizer(picture, false, 0xFF).fill(image.getRaster());
    return image;
  }

  private static BufferedImage shallowImage(int width, int height, boolean hasAlpha) {
    return new BufferedImage(
        width, height, hasAlpha ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR);
  }

  private static BufferedImage deepImage(int width, int height, boolean hasAlpha) {
    ComponentColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            hasAlpha,
            false,
            hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colors.createCompatibleWritableRaster(width, height);
    return new BufferedImage(colors, raster, false, null);
  }

  private void fill(WritableRaster raster) {
    int width = picture.width();
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        float opacity = alpha == null ? 1 : alpha.get(pixel);
        for (int band = 0; band < Picture.CHANNELS; band++) {
          float overWhite = rgb.get(band * pixels + pixel);
          row[x * bands + band] = quantize(straight(overWhite, opacity), band, pixel);
        }
        if (alpha != null) {
          row[x * bands + Picture.CHANNELS] = quantize(opacity, Picture.CHANNELS, pixel);
        }
      }
      raster.setPixels(0, y, width, 1, row);
    }
  }

  private static float straight(float overWhite, float opacity) {
    if (opacity >= 1 || opacity <= 0) {
      return overWhite;
    }
    return (overWhite - (1 - opacity)) / opacity;
  }

  private int quantize(float value, int channel, int pixel) {
    if (Float.isNaN(value)) {
      throw new PictureException(
          "picture %d×%d: the %s sample at row %d, column %d is not a number"
              .formatted(
                  picture.width(),
                  picture.height(),
                  CHANNEL_NAMES[channel],
                  pixel / picture.width(),
                  pixel % picture.width()));
    }
    return Math.round(Math.clamp(value, 0f, 1f) * maximum);
  }
}
