package dev.tempera.data;

/**
 * The counter-based random number generator Philox4x32-10 (Salmon et al., "Parallel random numbers:
 * as easy as 1, 2, 3", 2011). Number i of a stream depends on seed, stream and i alone, so any
 * thread and any backend gets the same.
 */
public final class Philox {
  /** Words in a block. */
  static final int WORDS = 4;

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
    int[] words = new int[WORDS];
    block(block, words);
    return words;
  }

  /** Writes block number {@code block} of the stream over four words. */
  void block(long block, int[] words) {
    int x0 = (int) block;
    int x1 = (int) (block >>> 32);
    int x2 = (int) stream;
    int x3 = (int) (stream >>> 32);
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (x0 & 0xFFFFFFFFL);
      long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (x2 & 0xFFFFFFFFL);
      x0 = (int) (product1 >>> 32) ^ x1 ^ key0;
      x1 = (int) product1;
      x2 = (int) (product0 >>> 32) ^ x3 ^ key1;
      x3 = (int) product0;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    words[0] = x0;
    words[1] = x1;
    words[2] = x2;
    words[3] = x3;
  }

  /** Numbers from the uniform distribution on [0, 1), the first {@code count} of the stream. */
  public float[] uniform(int count) {
    return floats(Distribution.UNIT_UNIFORM, count);
  }

  /** Numbers from the standard normal distribution, the first {@code count} of the stream. */
  public float[] normal(int count) {
    return floats(Distribution.STANDARD_NORMAL, count);
  }

  /**
   * The numbers 0 to {@code count − 1} in random order, every order alike (Fisher and Yates, in
   * Durstenfeld's form, 1964).
   */
  public int[] permutation(int count) {
    int[] order = new int[count];
    int[] words = new int[WORDS];
    for (int i = 0; i < count; i++) {
      block(i, words);
      long bits = (words[0] & 0xFFFFFFFFL) | ((long) words[1] << 32);
      int place = (int) Math.unsignedMultiplyHigh(bits, i + 1L);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }

  private float[] floats(Distribution distribution, int count) {
    double[] drawn = new double[count];
    distribution.draw(this, 0, drawn, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) drawn[i];
    }
    return values;
  }

  /** A word as a number inside (0, 1). */
  static double open(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
  }
}
