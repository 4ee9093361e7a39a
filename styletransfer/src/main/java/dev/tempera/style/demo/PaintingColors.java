package dev.tempera.style.demo;

import java.util.List;
import java.util.Random;

/**
 * The painter's choice of colours: cold blues between the whirls, rings of yellow and orange around
 * the warm ones, and a dark land of greens and ochres under a wavy skyline. Colours are
 * sRGB-encoded.
 */
final class PaintingColors {
  private static final List<Vector> SKY =
      List.of(
          rgb(0x0B1B44), rgb(0x14307A), rgb(0x1F4FA8), rgb(0x3A78C0), rgb(0x6FA6CE), rgb(0xB4D0D2));
  private static final List<Vector> WARM =
      List.of(
          rgb(0x2E6E8E), rgb(0x7FA77C), rgb(0xC9B84A), rgb(0xF0C232), rgb(0xF29A1E), rgb(0xFBE27A));
  private static final List<Vector> COLD =
      List.of(
          rgb(0x183B86), rgb(0x2E66B4), rgb(0x5C98CC), rgb(0x9CC6D6), rgb(0xDCE8D8), rgb(0xF4F0DC));
  private static final List<Vector> LAND =
      List.of(
          rgb(0x0C1E2C), rgb(0x123A3C), rgb(0x21564A), rgb(0x4F7A3E), rgb(0x9A8B34), rgb(0xC97A26));
  private static final List<Vector> ACCENTS =
      List.of(rgb(0xE8641C), rgb(0xF6D24A), rgb(0x8FD0D0), rgb(0x5A2E72), rgb(0xF3EFE0));

  private final FlowField field;
  private final LatticeNoise noise;
  private final double height;

  PaintingColors(FlowField field, LatticeNoise noise, double height) {
    this.field = field;
    this.noise = noise;
    this.height = height;
  }

  /** A colour for a stroke that begins here, never quite the same twice. */
  Vector pick(double x, double y, Random random) {
    if (random.nextDouble() < 0.035) {
      return vary(ACCENTS.get(random.nextInt(ACCENTS.size())), random);
    }
    double jitter = 0.16 * (random.nextDouble() + random.nextDouble() - 1);
    double broad = 0.5 + 0.75 * noise.fractal(x * 4 + 30, y * 4, 3);
    Vector color = along(isLand(x, y) ? LAND : SKY, 0.85 * broad - 0.06 + jitter);
    for (FlowField.Whirl whirl : field.whirls()) {
      double reach = whirl.reach(x, y);
      if (reach < 1.15) {
        double angle = StrictMath.atan2(y - whirl.y(), x - whirl.x());
        double bands = StrictMath.cos(reach * 10 - whirl.spin() * angle);
        double core = whirl.warmth() > 0 ? 1.02 : 0.76;
        double bright = core - 0.72 * reach + 0.20 * bands * Math.min(1, 2 * reach) + jitter;
        Vector ring = along(whirl.warmth() > 0 ? WARM : COLD, bright);
        double edge = Vector.step(0.62, 1.1, reach + jitter);
        if (random.nextDouble() >= edge) {
          color = ring;
        }
      }
    }
    return vary(color, random);
  }

  /** The paint that shows between strokes. */
  static Vector priming() {
    return rgb(0x5E5140);
  }

  private boolean isLand(double x, double y) {
    double skyline = 0.765 * height + 0.06 * noise.fractal(x * 2.3 + 70, 1.5, 3) - 0.05 * x;
    return y > skyline;
  }

  private static Vector vary(Vector color, Random random) {
    double light = 0.90 + 0.2 * random.nextDouble();
    double tint = 0.05 * (random.nextDouble() - 0.5);
    return new Vector(color.x() * light + tint, color.y() * light, color.z() * light - tint);
  }

  private static Vector along(List<Vector> palette, double position) {
    double place = Math.clamp(position, 0.0, 0.9999) * (palette.size() - 1);
    int index = (int) place;
    // Paint is mixed only a little: the colour keeps near one of the two.
    double mixed = Vector.step(0.25, 0.75, place - index);
    return palette.get(index).mix(palette.get(index + 1), mixed);
  }

  private static Vector rgb(int code) {
    return new Vector((code >> 16) / 255.0, (code >> 8 & 0xFF) / 255.0, (code & 0xFF) / 255.0);
  }
}
