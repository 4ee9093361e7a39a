package dev.tempera.data;

/**
 * Draws from the standard normal distribution between two bounds, by rejection (Robert, "Simulation
 * of truncated normal variables", 1995): candidates come from whichever simple distribution is
 * nearest, and each is kept with a probability that corrects the difference. About half of them or
 * more are kept whatever the bounds.
 *
 * <p>Number i has blocks of its own, one for each try, so that it depends on no other number.
 */
final class TruncatedNormalDraw {
  /** Block numbers that lie between two tries of one number. */
  private static final int TRY_SHIFT = 40;

  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /** Where candidates come from. */
  private enum Proposal {
    NORMAL,
    UNIFORM,
    EXPONENTIAL
  }

  private final double low;
  private final double high;
  private final double sign;
  private final double rate;
  private final Proposal proposal;

  /**
   * A draw between bounds that are not both negative.
   *
   * @param sign −1 if the bounds were mirrored
   */
  private TruncatedNormalDraw(double low, double high, double sign) {
    this.low = low;
    this.high = high;
    this.sign = sign;
    double root = Math.sqrt(low * low + 4);
    this.rate = (low + root) / 2;
    if (low <= 0) {
      proposal = high - low < ROOT_TWO_PI ? Proposal.UNIFORM : Proposal.NORMAL;
    } else {
      double widest = StrictMath.exp((low * low - low * root) / 4 + 0.5) / rate;
      proposal = high - low <= widest ? Proposal.UNIFORM : Proposal.EXPONENTIAL;
    }
  }

  /** A draw between these bounds, the lower less than the upper. */
  static TruncatedNormalDraw between(double low, double high) {
    return high < 0
        ? new TruncatedNormalDraw(-high, -low, -1)
        : new TruncatedNormalDraw(low, high, 1);
  }

  /** Number {@code index} of a stream. */
  double at(Philox philox, long index) {
    int[] words = new int[Philox.WORDS];
    for (long tries = 0; ; tries++) {
      philox.block(index + (tries << TRY_SHIFT), words);
      for (int i = 0; i < Philox.WORDS; i += 2) {
        double first = Philox.open(words[i]);
        double second = Philox.open(words[i + 1]);
        double candidate = candidate(first, second);
        if (candidate >= low && candidate <= high && isKept(candidate, second)) {
          return sign * candidate;
        }
      }
    }
  }

  private double candidate(double first, double second) {
    return switch (proposal) {
      case NORMAL ->
          StrictMath.sqrt(-2 * StrictMath.log(first)) * StrictMath.cos(2 * Math.PI * second);
      case UNIFORM -> low + (high - low) * first;
      case EXPONENTIAL -> low - StrictMath.log(first) / rate;
    };
  }

  private boolean isKept(double candidate, double chance) {
    return switch (proposal) {
      case NORMAL -> true;
      case UNIFORM -> {
        double densest = Math.max(low, 0);
        yield chance <= StrictMath.exp((densest * densest - candidate * candidate) / 2);
      }
      case EXPONENTIAL -> {
        double distance = candidate - rate;
        yield chance <= StrictMath.exp(-distance * distance / 2);
      }
    };
  }
}
