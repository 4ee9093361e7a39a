package dev.tempera.data;

/**
 * A probability distribution that numbers are drawn from. Number i depends on the generator and i
 * alone, and is computed in double by arithmetic that is the same on every machine, so that every
 * backend and any number of threads draws the same.
 */
public sealed interface Distribution {
  /** What the position of the first number drawn at once is a multiple of. */
  int ALIGNMENT = 4;

  /** The normal distribution of mean 0 and deviation 1. */
  Distribution STANDARD_NORMAL = new Normal(0, 1);

  /** The uniform distribution on [0, 1). */
  Distribution UNIT_UNIFORM = new Uniform(0, 1);

  /**
   * Draws numbers {@code first} to {@code first + count − 1} of a stream.
   *
   * @param first a multiple of {@link #ALIGNMENT}
   * @param target gets them, from index 0 on
   */
  void draw(Philox philox, long first, double[] target, int count);

  /**
   * Every number from {@code low} to below {@code high} alike, in steps of (high − low)·2⁻²⁴: for
   * [0, 1) that is exact in float32.
   *
   * @param low the smallest number
   * @param high above all numbers; rounding to an element type may reach it
   */
  record Uniform(double low, double high) implements Distribution {
    /** Checks the range. */
    public Uniform {
      requireRange("uniform", low, high);
    }

    @Override
    public void draw(Philox philox, long first, double[] target, int count) {
      int[] words = new int[Philox.WORDS];
      for (int i = 0; i < count; i++) {
        int lane = i % Philox.WORDS;
        if (lane == 0) {
          philox.block((first + i) / Philox.WORDS, words);
        }
        target[i] = low + (high - low) * ((words[lane] >>> 8) * 0x1p-24);
      }
    }
  }

  /**
   * The normal distribution (Box and Muller, 1958).
   *
   * @param mean the centre
   * @param deviation the standard deviation, not negative
   */
  record Normal(double mean, double deviation) implements Distribution {
    /** Checks the parameters. */
    public Normal {
      requireNormal("normal", mean, deviation);
    }

    @Override
    public void draw(Philox philox, long first, double[] target, int count) {
      int[] words = new int[Philox.WORDS];
      for (int i = 0; i < count; i += 2) {
        int lane = i % Philox.WORDS;
        if (lane == 0) {
          philox.block((first + i) / Philox.WORDS, words);
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(Philox.open(words[lane])));
        double angle = 2 * Math.PI * Philox.open(words[lane + 1]);
        target[i] = mean + deviation * (radius * StrictMath.cos(angle));
        if (i + 1 < count) {
          target[i + 1] = mean + deviation * (radius * StrictMath.sin(angle));
        }
      }
    }
  }

  /**
   * The normal distribution as far as it lies between two bounds; see {@link TruncatedNormalDraw}.
   *
   * @param mean the centre of the whole distribution
   * @param deviation its standard deviation, greater than 0
   * @param low the lower bound; may be −∞
   * @param high the upper bound, greater than the lower; may be ∞
   */
  record TruncatedNormal(double mean, double deviation, double low, double high)
      implements Distribution {
    /** Checks the parameters. */
    public TruncatedNormal {
      requireNormal("truncatedNormal", mean, deviation);
      if (!(low < high && deviation > 0)) {
        throw new IllegalArgumentException(
            "truncatedNormal: nothing lies between the bounds\n  bounds  "
                + low
                + " to "
                + high
                + ", deviation "
                + deviation
                + "\n  rule    low < high and deviation > 0");
      }
    }

    @Override
    public void draw(Philox philox, long first, double[] target, int count) {
      TruncatedNormalDraw standard =
          TruncatedNormalDraw.between((low - mean) / deviation, (high - mean) / deviation);
      for (int i = 0; i < count; i++) {
        double value = mean + deviation * standard.at(philox, first + i);
        target[i] = Math.clamp(value, low, high);
      }
    }
  }

  /**
   * 1 with a probability, else 0.
   *
   * @param probability of 1, from 0 to 1
   */
  record Bernoulli(double probability) implements Distribution {
    /** Checks the probability. */
    public Bernoulli {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "bernoulli: not a probability\n  rule    0 ≤ probability ≤ 1, here " + probability);
      }
    }

    @Override
    public void draw(Philox philox, long first, double[] target, int count) {
      int[] words = new int[Philox.WORDS];
      for (int i = 0; i < count; i++) {
        int lane = i % Philox.WORDS;
        if (lane == 0) {
          philox.block((first + i) / Philox.WORDS, words);
        }
        target[i] = Philox.open(words[lane]) < probability ? 1 : 0;
      }
    }
  }

  private static void requireRange(String name, double low, double high) {
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          name + ": an empty or infinite range\n  rule    low < high, here " + low + " to " + high);
    }
  }

  private static void requireNormal(String name, double mean, double deviation) {
    if (!(Double.isFinite(mean) && deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name
              + ": parameters of no normal distribution\n  rule    a finite mean and a finite"
              + " deviation ≥ 0, here "
              + mean
              + " and "
              + deviation);
    }
  }
}
