package dev.tempera.style.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;

/** The ICC profile of the sRGB colour space (IEC 61966-2-1), as the Java platform brings it. */
final class SrgbProfile {
  private SrgbProfile() {}

  /** The profile itself. */
  static ICC_Profile profile() {
    return ICC_Profile.getInstance(ColorSpace.CS_sRGB);
  }

  /** The profile as it is embedded in files. */
  static byte[] bytes() {
    return profile().getData();
  }
}
