package dev.tempera.data;

/**
 * The counter-based random number generator Philox4x32-10 (Salmon et al., "Parallel random numbers:
 * as easy as 1, 2, 3", 2011). Number i of a stream depends on seed, stream and i alone, so any
 * thread and any backend gets the same.
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private final long seed;
  private final long stream;

  /**
   * A generator.
   *
   * @param seed the key
   * @param stream tells apart what uses the same seed for different purposes
   */
  public Philox(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /** Four random words: block number {@code block} of the stream. */
  public int[] block(long block) {
    int[] x = {(int) block, (int) (block >>> 32), (int) stream, (int) (stream >>> 32)};
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (x[0] & 0xFFFFFFFFL);
      long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (x[2] & 0xFFFFFFFFL);
      int next0 = (int) (product1 >>> 32) ^ x[1] ^ key0;
      int next2 = (int) (product0 >>> 32) ^ x[3] ^ key1;
      x[0] = next0;
      x[1] = (int) product1;
      x[2] = next2;
      x[3] = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    return x;
  }

  /** Numbers from a uniform distribution on [0, 1), the first {@code count} of the stream. */
  public float[] uniform(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i += 4) {
      int[] words = block(i / 4);
      for (int j = 0; j < 4 && i + j < count; j++) {
        values[i + j] = (words[j] >>> 8) * 0x1p-24f;
      }
    }
    return values;
  }

  /**
   * Numbers from the standard normal distribution (Box and Muller, 1958), the first {@code count}
   * of the stream.
   */
  public float[] normal(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i += 4) {
      int[] words = block(i / 4);
      for (int j = 0; j < 4 && i + j < count; j++) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(open(words[j & 2])));
        double angle = 2 * Math.PI * open(words[(j & 2) + 1]);
        double wave = (j & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle);
        values[i + j] = (float) (radius * wave);
      }
    }
    return values;
  }

  /** A word as a number inside (0, 1). */
  private static double open(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
  }
}
