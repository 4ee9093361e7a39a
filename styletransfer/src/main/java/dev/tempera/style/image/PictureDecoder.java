package dev.tempera.style.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decoded image of any colour model into a picture, row by row: normalises the samples,
 * converts the colours to sRGB, lays them over white and puts each pixel where the upright picture
 * has it.
 */
final class PictureDecoder {
  private final BufferedImage image;
  private final Orientation orientation;
  private final ColorTransform transform;
  private final int components;
  private final int width;
  private final int height;
  private final float[] rgb;
  private final float @Nullable [] alpha;

  private final float[] samples;
  private final float[] opacities;
  private final float[] converted;

  /**
   * Prepares the decoding of an image.
   *
   * @param profile the colour profile that the file states beside the image, if any
   */
  PictureDecoder(BufferedImage image, Orientation orientation, @Nullable ICC_Profile profile) {
    this.image = image;
    this.orientation = orientation;
    ColorModel colors = image.getColorModel();
    ColorSpace space =
        holdsComponents() ? colors.getColorSpace() : ColorSpace.getInstance(ColorSpace.CS_sRGB);
    this.transform = ColorTransform.of(space, profile);
    this.components = space.getNumComponents();
    this.width = image.getWidth();
    this.height = image.getHeight();
    this.rgb = new float[Picture.CHANNELS * width * height];
    this.alpha = colors.hasAlpha() ? new float[width * height] : null;
    this.samples = new float[components * width];
    this.opacities = new float[width];
    this.converted = new float[Picture.CHANNELS * width];
  }

  /** The picture. */
  Picture decode() {
    for (int row = 0; row < height; row++) {
      if (!holdsComponents()) {
        readPackedRow(row);
      } else if (holdsUnsignedIntegers()) {
        readIntegerRow(row);
      } else {
        readNormalizedRow(row);
      }
      transform.toSrgb(samples, width, converted);
      placeRow(row);
    }
    return Picture.adopt(
        orientation.uprightWidth(width, height),
        orientation.uprightHeight(width, height),
        rgb,
        alpha == null || isOpaque(alpha) ? null : alpha);
  }

  private static boolean isOpaque(float[] alpha) {
    for (float opacity : alpha) {
      if (opacity < 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the raster's bands are the colour components, and not a palette's indices or packed
   * bits.
   */
  private boolean holdsComponents() {
    return image.getColorModel() instanceof ComponentColorModel;
  }

  private boolean holdsUnsignedIntegers() {
    int type = image.getRaster().getTransferType();
    return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
  }

  private void readPackedRow(int row) {
    int[] argb = image.getRGB(0, row, width, 1, null, 0, width);
    for (int column = 0; column < width; column++) {
      opacities[column] = (argb[column] >>> 24) / 255f;
      for (int channel = 0; channel < Picture.CHANNELS; channel++) {
        int shift = 8 * (Picture.CHANNELS - 1 - channel);
        samples[Picture.CHANNELS * column + channel] = (argb[column] >> shift & 0xFF) / 255f;
      }
    }
  }

  private void readIntegerRow(int row) {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] pixels = raster.getPixels(0, row, width, 1, (int[]) null);
    for (int band = 0; band < components; band++) {
      float maximum = (1 << colors.getComponentSize(band)) - 1;
      for (int column = 0; column < width; column++) {
        samples[components * column + band] = pixels[bands * column + band] / maximum;
      }
    }
    if (colors.hasAlpha()) {
      float maximum = (1 << colors.getComponentSize(components)) - 1;
      for (int column = 0; column < width; column++) {
        opacities[column] = pixels[bands * column + components] / maximum;
      }
      if (colors.isAlphaPremultiplied()) {
        divideByOpacity();
      }
    }
  }

  private void divideByOpacity() {
    for (int i = 0; i < samples.length; i++) {
      float opacity = opacities[i / components];
      samples[i] = opacity == 0 ? 0 : Math.min(1, samples[i] / opacity);
    }
  }

  /**
   * Reads signed, 32-bit and floating-point samples; the colour model undoes a premultiplied alpha.
   */
  private void readNormalizedRow(int row) {
    ColorModel colors = image.getColorModel();
    Raster raster = image.getRaster();
    float[] pixel = new float[colors.getNumComponents()];
    Object element = null;
    for (int column = 0; column < width; column++) {
      element = raster.getDataElements(column, row, element);
      colors.getNormalizedComponents(element, pixel, 0);
      for (int band = 0; band < components; band++) {
        samples[components * column + band] = unit(pixel[band]);
      }
      opacities[column] = colors.hasAlpha() ? unit(pixel[components]) : 1;
    }
  }

  /** The value clamped to [0, 1]; what is not a number counts as 0. */
  private static float unit(float value) {
    return value > 0 ? Math.min(value, 1) : 0;
  }

  private void placeRow(int row) {
    for (int column = 0; column < width; column++) {
      int index = orientation.uprightIndex(column, row, width, height);
      float opacity = 1;
      if (alpha != null) {
        opacity = opacities[column];
        alpha[index] = opacity;
      }
      for (int channel = 0; channel < Picture.CHANNELS; channel++) {
        float color = converted[Picture.CHANNELS * column + channel];
        rgb[channel * width * height + index] = color * opacity + (1 - opacity);
      }
    }
  }
}
