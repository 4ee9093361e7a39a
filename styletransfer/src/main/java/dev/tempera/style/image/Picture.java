package dev.tempera.style.image;

import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable RGB picture: sRGB-encoded samples in planes, shape (3, H, W), where 0 is black and 1
 * is the display's white.
 *
 * <p>Samples may lie outside [0, 1], as those of a picture in the making do; they are clamped when
 * the picture is turned into integers. A picture that came with transparency keeps its alpha plane,
 * shape (H, W), aside; its colours are always those that it shows when laid over white.
 */
public final class Picture {
  /** The number of colour planes: red, green and blue, in this order. */
  public static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final float[] rgb;
  private final float @Nullable [] alpha;

  private Picture(int width, int height, float[] rgb, float @Nullable [] alpha) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.alpha = alpha;
  }

  /**
   * An opaque picture of these samples, which are copied.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   * @param rgb sRGB-encoded samples in planes, shape (3, height, width)
   * @throws PictureException if a side is not positive or the number of samples is not
   *     3·height·width
   */
  public static Picture of(int width, int height, float[] rgb) {
    return adopt(width, height, rgb.clone(), null);
  }

  /**
   * A picture of these samples with an alpha plane, both of which are copied.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   * @param rgb sRGB-encoded samples in planes, shape (3, height, width), as they show over white
   * @param alpha opacity, 0 transparent and 1 opaque, shape (height, width)
   * @throws PictureException if a side is not positive or a number of samples does not fit the
   *     sides
   */
  public static Picture of(int width, int height, float[] rgb, float[] alpha) {
    return adopt(width, height, rgb.clone(), alpha.clone());
  }

  /**
   * The picture that an image shows: its colours converted to sRGB, grey expanded to RGB,
   * transparency laid over white with the alpha plane kept.
   */
  public static Picture of(BufferedImage image) {
    return new PictureDecoder(image, Orientation.UPRIGHT, null).decode();
  }

  /** A picture that takes these arrays as its own; nobody else may write to them any more. */
  static Picture adopt(int width, int height, float[] rgb, float @Nullable [] alpha) {
    if (width < 1 || height < 1) {
      throw new PictureException(
          "picture: sides must be at least 1, here " + width + " wide and " + height + " high");
    }
    long pixels = (long) width * height;
    if (rgb.length != CHANNELS * pixels) {
      throw new PictureException(
          "picture: %d×%d pixels (width×height) need %d samples (3, H, W), got %d"
              .formatted(width, height, CHANNELS * pixels, rgb.length));
    }
    if (alpha != null && alpha.length != pixels) {
      throw new PictureException(
          "picture: %d×%d pixels (width×height) need %d alpha samples (H, W), got %d"
              .formatted(width, height, pixels, alpha.length));
    }
    return new Picture(width, height, rgb, alpha);
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** The number of rows. */
  public int height() {
    return height;
  }

  /** The sRGB-encoded samples as a read-only view of shape (3, H, W), the column moving fastest. */
  public FloatBuffer rgb() {
    return FloatBuffer.wrap(rgb).asReadOnlyBuffer();
  }

  /**
   * The opacity as a read-only view of shape (H, W), if the picture has any transparency to tell
   * of.
   */
  public Optional<FloatBuffer> alpha() {
    return Optional.ofNullable(alpha).map(plane -> FloatBuffer.wrap(plane).asReadOnlyBuffer());
  }

  /**
   * One sample.
   *
   * @param channel 0 red, 1 green, 2 blue
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public float sample(int channel, int row, int column) {
    if (column < 0 || column >= width || row < 0 || row >= height) {
      throw new IndexOutOfBoundsException(
          "row %d, column %d of a picture %d×%d".formatted(row, column, width, height));
    }
    return rgb[(channel * height + row) * width + column];
  }

  /**
   * The picture as an sRGB image of 8 bits a sample, with an alpha channel where this picture has
   * one.
   *
   * @throws PictureException if a sample is not a number
   */
  public BufferedImage toBufferedImage() {
    return PictureQuantizer.toImage(this, 8);
  }

  /**
   * The picture as an sRGB image of 16 bits a sample, with an alpha channel where this picture has
   * one.
   *
   * @throws PictureException if a sample is not a number
   */
  public BufferedImage toDeepBufferedImage() {
    return PictureQuantizer.toImage(this, 16);
  }

  /** Whether the other object is a picture of the same size with the same samples and alpha. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Picture that
        && width == that.width
        && height == that.height
        && Arrays.equals(rgb, that.rgb)
        && Arrays.equals(alpha, that.alpha);
  }

  /** A hash of the size and all samples. */
  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + 31 * Arrays.hashCode(rgb) + Arrays.hashCode(alpha);
  }

  /** The size and whether there is alpha, for people. */
  @Override
  public String toString() {
    return "Picture " + width + "×" + height + (alpha == null ? "" : " with alpha");
  }
}
