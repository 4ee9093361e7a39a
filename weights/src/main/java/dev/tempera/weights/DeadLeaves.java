package dev.tempera.weights;

import dev.tempera.data.Philox;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures made by formula that have the statistics of photographs: textured leaves of many sizes
 * that fall one over another (the dead leaves model; Lee, Mumford and Huang, 2001), and the filters
 * learned from them.
 *
 * <p>A picture depends on its seed and number alone and is the same to the bit on every machine.
 */
public final class DeadLeaves {
  /** The seed of the shipped filters. */
  public static final long SEED = 11;

  /** Pixels at each side of a picture. */
  public static final int SIZE = 192;

  private static final int PICTURES = 12;
  private static final int PATCHES_PER_PICTURE = 3000;
  private static final int LEAVES = 400;
  private static final int TEXTURE_SIZE = 256;
  private static final double[] TEXTURE_EXPONENTS = {1, 1.3, 1.6, 1.9};

  /** Streams of random numbers of one picture: two for its leaves, then one for each texture. */
  private static final int STREAMS = 2 + TEXTURE_EXPONENTS.length;

  private static final int UNIFORMS_PER_LEAF = 9;
  private static final int NORMALS_PER_LEAF = 4;
  private static final double MEAN_LIGHTNESS = 0.45;
  private static final double SMALLEST_RADIUS = 5;
  private static final double LARGEST_RADIUS = 80;
  private static final double RADIUS_EXPONENT = 1.6;

  private DeadLeaves() {}

  /**
   * Filters learned from 12 pictures on the current backend; those of {@link #SEED} are shipped
   * ({@link EmbeddedWeights#deadLeaves}).
   */
  public static FilterNet learn(long seed) {
    try (NoRecord _ = NoRecord.open();
        TensorScope _ = TensorScope.open("dead leaves")) {
      List<Tensor> pictures = new ArrayList<>();
      for (int number = 0; number < PICTURES; number++) {
        pictures.add(Tensor.of(picture(seed, number), 1, 3, SIZE, SIZE));
      }
      List<FilterLevel> levels = new FilterLearner(PATCHES_PER_PICTURE).learn(pictures);
      return new FilterNet(levels, FilterOrigin.DEAD_LEAVES);
    }
  }

  /**
   * One picture.
   *
   * @param number which of the seed's pictures, from 0
   * @return (3, {@link #SIZE}, {@link #SIZE}), RGB in [0, 1], row-major
   */
  public static float[] picture(long seed, int number) {
    long stream = (long) number * STREAMS;
    float[] uniform = new Philox(seed, stream).uniform(LEAVES * UNIFORMS_PER_LEAF);
    float[] normal = new Philox(seed, stream + 1).normal(LEAVES * NORMALS_PER_LEAF);
    List<PowerLawTexture> textures = new ArrayList<>();
    for (int i = 0; i < TEXTURE_EXPONENTS.length; i++) {
      Philox random = new Philox(seed, stream + 2 + i);
      textures.add(PowerLawTexture.of(TEXTURE_SIZE, TEXTURE_EXPONENTS[i], random));
    }
    float[] pixels = new float[3 * SIZE * SIZE];
    Arrays.fill(pixels, (float) MEAN_LIGHTNESS);
    for (int i = 0; i < LEAVES; i++) {
      int u = i * UNIFORMS_PER_LEAF;
      int n = i * NORMALS_PER_LEAF;
      PowerLawTexture texture = textures.get((int) (uniform[u] * textures.size()));
      double amplitude = 0.01 + 0.11 * uniform[u + 1];
      int top = (int) (uniform[u + 2] * TEXTURE_SIZE);
      int left = (int) (uniform[u + 3] * TEXTURE_SIZE);
      Leaf.Surface surface = new Leaf.Surface(texture, amplitude, top, left);

      double radius = radius(uniform[u + 4]);
      double stretch = StrictMath.exp(0.5 * normal[n] / 2);
      double light = Math.clamp(MEAN_LIGHTNESS + 0.25 * normal[n + 1], 0, 1);
      double warmth = 0.10 * normal[n + 2];
      double greenness = 0.04 * normal[n + 3];
      Leaf leaf =
          new Leaf(
              SIZE * uniform[u + 5],
              SIZE * uniform[u + 6],
              radius * stretch,
              radius / stretch,
              Math.PI * uniform[u + 7],
              uniform[u + 8] < 0.6,
              light + warmth - 0.5 * greenness,
              light + 0.1 * warmth + greenness,
              light - warmth - 0.5 * greenness,
              surface);
      leaf.paint(pixels, SIZE);
    }
    return pixels;
  }

  private static double radius(double uniform) {
    double unlimited = SMALLEST_RADIUS * StrictMath.pow(1 - uniform, -1 / RADIUS_EXPONENT);
    return Math.min(LARGEST_RADIUS, unlimited);
  }
}
