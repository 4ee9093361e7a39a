package dev.tempera.style.demo;

import dev.tempera.style.image.Picture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A landscape that looks like a photograph: a lake between a meadow and snowy mountains under
 * summer clouds, with a house and trees.
 *
 * <p>Computed by following rays through a scene of formulas; a pure function of size and seed, with
 * the same bits on every machine.
 */
public final class ProceduralLandscape {
  /** The width of the picture that comes with the program. */
  public static final int WIDTH = 512;

  /** The height of the picture that comes with the program. */
  public static final int HEIGHT = 384;

  private static final Vector EYE = new Vector(0, 9.6, 0);
  private static final double FOCAL_LENGTH = 0.95;
  private static final double HORIZON = 0.545;
  private static final int SAMPLES_PER_SIDE = 2;
  private static final double EXPOSURE = 0.82;
  private static final double GRAIN = 0.004;

  private final int width;
  private final int height;
  private final LandscapeScene scene;
  private final LatticeNoise film;

  private ProceduralLandscape(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    this.scene = new LandscapeScene(seed);
    this.film = new LatticeNoise(seed + 1);
  }

  /** The picture of this seed in the size that comes with the program. */
  public static Picture render(long seed) {
    return render(WIDTH, HEIGHT, seed);
  }

  /** The picture of this size and seed. */
  static Picture render(int width, int height, long seed) {
    ProceduralLandscape landscape = new ProceduralLandscape(width, height, seed);
    float[] rgb = new float[Picture.CHANNELS * width * height];
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      IntStream.range(0, height)
          .mapToObj(
              row -> CompletableFuture.runAsync(() -> landscape.drawRow(row, rgb, row), workers))
          .toList()
          .forEach(CompletableFuture::join);
    }
    return Picture.of(width, height, rgb);
  }

  /** One row of the picture that {@link #render(long)} gives, as a picture of height 1. */
  static Picture renderRow(int row, long seed) {
    float[] rgb = new float[Picture.CHANNELS * WIDTH];
    new ProceduralLandscape(WIDTH, HEIGHT, seed).drawRow(row, rgb, 0);
    return Picture.of(WIDTH, 1, rgb);
  }

  /** Draws a row of the picture into a row of some planes. */
  private void drawRow(int row, float[] planes, int target) {
    int plane = planes.length / Picture.CHANNELS;
    for (int column = 0; column < width; column++) {
      Vector color = pixel(column, row);
      double grain = GRAIN * (film.hash(column, row, 1) + film.hash(column, row, 2) - 1);
      int index = target * width + column;
      planes[index] = (float) Math.clamp(color.x() + grain, 0.0, 1.0);
      planes[plane + index] = (float) Math.clamp(color.y() + grain, 0.0, 1.0);
      planes[2 * plane + index] = (float) Math.clamp(color.z() + grain, 0.0, 1.0);
    }
  }

  /** The mean colour over a pixel. */
  private Vector pixel(int column, int row) {
    Vector sum = Vector.ZERO;
    for (int i = 0; i < SAMPLES_PER_SIDE; i++) {
      for (int j = 0; j < SAMPLES_PER_SIDE; j++) {
        double x = column + (j + 0.5) / SAMPLES_PER_SIDE;
        double y = row + (i + 0.5) / SAMPLES_PER_SIDE;
        double right = (x - 0.5 * width) / (FOCAL_LENGTH * width);
        double up = (HORIZON * height - y) / (FOCAL_LENGTH * width);
        Vector light = scene.trace(new Ray(EYE, new Vector(right, up, 1).normalized()));
        sum = sum.plus(new Vector(tone(light.x()), tone(light.y()), tone(light.z())));
      }
    }
    return sum.times(1.0 / (SAMPLES_PER_SIDE * SAMPLES_PER_SIDE));
  }

  /**
   * The response of a film: a shoulder for the lights (after Narkowicz, 2015), then sRGB's curve.
   */
  private static double tone(double light) {
    double exposed = Math.max(0, light) * EXPOSURE;
    double shown = exposed * (2.51 * exposed + 0.03) / (exposed * (2.43 * exposed + 0.59) + 0.14);
    double clipped = Math.min(shown, 1);
    return clipped <= 0.0031308
        ? 12.92 * clipped
        : 1.055 * StrictMath.pow(clipped, 1 / 2.4) - 0.055;
  }
}
