package dev.tempera.style.demo;

import dev.tempera.style.image.Picture;
import java.util.Arrays;

/**
 * A canvas under oil paint: a colour and a thickness at each point, seen in light from above left.
 */
final class OilCanvas {
  private static final Vector LIGHT = new Vector(-0.50, -0.62, 0.60).normalized();
  private static final Vector HALFWAY = LIGHT.plus(new Vector(0, 0, 1)).normalized();
  private static final double RELIEF = 2.6;
  private static final double SHADE = 0.62;
  private static final double GLOSS = 0.20;

  private final int width;
  private final int height;
  private final LatticeNoise noise;
  private final double[] red;
  private final double[] green;
  private final double[] blue;
  private final double[] thickness;
  private final int[] lastStroke;

  /** A canvas of this many points, evenly primed. */
  OilCanvas(int width, int height, Vector priming, LatticeNoise noise) {
    this.width = width;
    this.height = height;
    this.noise = noise;
    this.red = filled(priming.x());
    this.green = filled(priming.y());
    this.blue = filled(priming.z());
    this.thickness = new double[width * height];
    this.lastStroke = new int[width * height];
  }

  private double[] filled(double value) {
    double[] plane = new double[width * height];
    Arrays.fill(plane, value);
    return plane;
  }

  /** Draws one stroke over what is there. */
  void draw(Stroke stroke) {
    for (int i = 1; i < stroke.path().size(); i++) {
      Vector point = stroke.path().get(i);
      Vector tangent = point.minus(stroke.path().get(i - 1));
      double half = 0.5 * stroke.breadth() * pressure(stroke.progress(i));
      for (double offset = -half; offset <= half; offset += 0.5) {
        int x = (int) Math.floor(point.x() - tangent.y() * offset);
        int y = (int) Math.floor(point.y() + tangent.x() * offset);
        boolean onCanvas = x >= 0 && x < width && y >= 0 && y < height;
        if (onCanvas && lastStroke[y * width + x] != stroke.number()) {
          lastStroke[y * width + x] = stroke.number();
          deposit(y * width + x, stroke, i, offset / half);
        }
      }
    }
  }

  /** How hard the brush is pressed: set down quickly, lifted slowly. */
  private static double pressure(double progress) {
    return Math.sqrt(Vector.step(0, 0.12, progress)) * (1 - 0.45 * Vector.step(0.6, 1, progress));
  }

  /** Leaves paint at a canvas point, where {@code across} is −1 and 1 at the edges of the brush. */
  private void deposit(int point, Stroke stroke, int step, double across) {
    double progress = stroke.progress(step);
    double breadth = stroke.breadth();
    double bristle = noise.at(across * breadth * 0.42 + 7.3 * stroke.number(), step / 46.0);
    double dry = Vector.step(0.65, 1.02, progress) * 0.9;
    double edge = 1 - Vector.step(0.78, 1.0, Math.abs(across));
    double cover = edge * (1 - Vector.step(-0.15, 0.15, dry * 1.7 - 0.85 - bristle));
    if (cover <= 0) {
      return;
    }
    double streak =
        0.5 + 0.5 * across + 0.55 * noise.at(across * 2.4 + 3.1 * stroke.number(), step / 60.0);
    Vector paint =
        stroke.left().mix(stroke.right(), Math.clamp(streak, 0.0, 1.0)).times(1 + 0.1 * bristle);
    red[point] += (paint.x() - red[point]) * cover;
    green[point] += (paint.y() - green[point]) * cover;
    blue[point] += (paint.z() - blue[point]) * cover;
    double ridge = Vector.step(0.45, 0.85, Math.abs(across));
    double load =
        (0.9 + 0.7 * bristle + 0.55 * ridge) * (1 - 0.5 * progress) * Math.sqrt(breadth) * 0.42;
    thickness[point] += (0.45 * thickness[point] + load - thickness[point]) * cover;
  }

  /** The picture that the light shows, with each side divided by this number. */
  Picture view(int shrink) {
    int shownWidth = width / shrink;
    int shownHeight = height / shrink;
    float[] rgb = new float[Picture.CHANNELS * shownWidth * shownHeight];
    double share = 1.0 / (shrink * shrink);
    for (int y = 0; y < shownHeight * shrink; y++) {
      for (int x = 0; x < shownWidth * shrink; x++) {
        Vector lit = lit(x, y);
        int shown = y / shrink * shownWidth + x / shrink;
        rgb[shown] += (float) (Math.clamp(lit.x(), 0.0, 1.0) * share);
        rgb[shownHeight * shownWidth + shown] += (float) (Math.clamp(lit.y(), 0.0, 1.0) * share);
        rgb[2 * shownHeight * shownWidth + shown] +=
            (float) (Math.clamp(lit.z(), 0.0, 1.0) * share);
      }
    }
    return Picture.of(shownWidth, shownHeight, rgb);
  }

  private Vector lit(int x, int y) {
    double slopeX = thicknessAt(x + 1, y) - thicknessAt(x - 1, y);
    double slopeY = thicknessAt(x, y + 1) - thicknessAt(x, y - 1);
    Vector normal = new Vector(-RELIEF * slopeX, -RELIEF * slopeY, 2).normalized();
    double diffuse = normal.dot(LIGHT) / LIGHT.z();
    double shade = 1 + SHADE * (Math.clamp(diffuse, 0.0, 1.9) - 1);
    double mirrored = Math.max(0, normal.dot(HALFWAY));
    double gloss = GLOSS * StrictMath.pow(mirrored, 26) * Vector.step(0, 1.2, thicknessAt(x, y));
    int point = y * width + x;
    return new Vector(red[point], green[point], blue[point])
        .times(shade)
        .plus(new Vector(gloss, gloss, gloss).times(Math.max(0, diffuse - 1)));
  }

  private double thicknessAt(int x, int y) {
    return thickness[Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)];
  }
}
