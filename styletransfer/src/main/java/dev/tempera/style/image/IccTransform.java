package dev.tempera.style.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Converts rows from an ICC profile's colour space to sRGB with 16 bits a sample.
 *
 * <p>A profile that is sRGB in all but name leaves the samples as they are, so that pictures with
 * the usual sRGB profiles keep their exact values.
 */
final class IccTransform implements ColorTransform {
  private static final int MAXIMUM = 0xFFFF;

  /**
   * How far sRGB profiles of different makers lie apart, two steps of 8 bits in the darkest
   * colours; other colour spaces in use differ from sRGB by more than that many times over.
   */
  private static final float INDISTINGUISHABLE = 2f / 255;

  /** How many values of each component are tried, in all combinations, to know an identity. */
  private static final int PROBE_LEVELS = 9;

  private final int components;
  private final ColorConvertOp conversion;
  private final boolean identity;

  /** The transform from a usable profile's colour space. */
  IccTransform(ICC_Profile profile) {
    this.components = profile.getNumComponents();
    this.conversion =
        new ColorConvertOp(
            new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
    this.identity = components == 3 && isIdentity();
  }

  /** Whether colours can be converted from the profile at all: many a file holds a broken one. */
  static boolean isUsable(ICC_Profile profile) {
    try {
      int components = profile.getNumComponents();
      new IccTransform(profile).convert(new float[components], 1, new float[3]);
      return true;
    } catch (CMMException | IllegalArgumentException unusable) {
      return false;
    }
  }

  @Override
  public void toSrgb(float[] samples, int pixels, float[] rgb) {
    if (identity) {
      System.arraycopy(samples, 0, rgb, 0, 3 * pixels);
    } else {
      convert(samples, pixels, rgb);
    }
  }

  private void convert(float[] samples, int pixels, float[] rgb) {
    int[] source = new int[pixels * components];
    for (int i = 0; i < source.length; i++) {
      source[i] = Math.round(samples[i] * MAXIMUM);
    }
    WritableRaster from = row(pixels, components);
    from.setPixels(0, 0, pixels, 1, source);
    WritableRaster to = row(pixels, 3);
    conversion.filter(from, to);
    int[] target = to.getPixels(0, 0, pixels, 1, new int[3 * pixels]);
    for (int i = 0; i < target.length; i++) {
      rgb[i] = (float) target[i] / MAXIMUM;
    }
  }

  private boolean isIdentity() {
    float[] probes = new float[PROBE_LEVELS * PROBE_LEVELS * PROBE_LEVELS * 3];
    for (int i = 0, step = 1; i < 3; i++, step *= PROBE_LEVELS) {
      for (int probe = 0; probe < probes.length / 3; probe++) {
        int level = probe / step % PROBE_LEVELS;
        probes[3 * probe + i] = level / (PROBE_LEVELS - 1f);
      }
    }
    float[] converted = new float[probes.length];
    convert(probes, probes.length / 3, converted);
    for (int i = 0; i < probes.length; i++) {
      if (Math.abs(converted[i] - probes[i]) > INDISTINGUISHABLE) {
        return false;
      }
    }
    return true;
  }

  private static WritableRaster row(int pixels, int bands) {
    return Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, bands, null);
  }
}
