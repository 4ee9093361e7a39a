package dev.tempera.style.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Converts rows of pixels from one colour space to sRGB. */
@FunctionalInterface
interface ColorTransform {

  /**
   * Converts a row.
   *
   * @param samples components in [0, 1], those of one pixel beside each other
   * @param pixels the number of pixels
   * @param rgb receives 3·pixels sRGB-encoded samples, those of one pixel beside each other
   */
  void toSrgb(float[] samples, int pixels, float[] rgb);

  /**
   * The transform for an image of this colour space.
   *
   * <p>Grey without a profile of its own counts as sRGB-encoded, as every viewer shows it. (The
   * platform's built-in grey space calls itself linear, which the files that it stands for are
   * not.)
   *
   * @param profile the profile embedded in the file, which takes precedence over the colour space
   *     if it is for the same number of components and can be used at all
   */
  static ColorTransform of(ColorSpace space, @Nullable ICC_Profile profile) {
    if (profile != null && profile.getNumComponents() == space.getNumComponents()) {
      return IccTransform.isUsable(profile) ? new IccTransform(profile) : of(space, null);
    }
    if (space.isCS_sRGB()) {
      return (samples, pixels, rgb) -> System.arraycopy(samples, 0, rgb, 0, 3 * pixels);
    }
    if (space.equals(ColorSpace.getInstance(ColorSpace.CS_GRAY))) {
      return ColorTransform::expandGrey;
    }
    if (space instanceof ICC_ColorSpace icc && IccTransform.isUsable(icc.getProfile())) {
      return new IccTransform(icc.getProfile());
    }
    return (samples, pixels, rgb) -> convertEach(space, samples, pixels, rgb);
  }

  private static void expandGrey(float[] samples, int pixels, float[] rgb) {
    for (int pixel = 0; pixel < pixels; pixel++) {
      Arrays.fill(rgb, 3 * pixel, 3 * pixel + 3, samples[pixel]);
    }
  }

  private static void convertEach(ColorSpace space, float[] samples, int pixels, float[] rgb) {
    int components = space.getNumComponents();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int start = pixel * components;
      float[] converted = space.toRGB(Arrays.copyOfRange(samples, start, start + components));
      System.arraycopy(converted, 0, rgb, 3 * pixel, 3);
    }
  }
}
