package dev.tempera.optim;

/**
 * How a learning rate changes while training goes on: a factor for each step.
 *
 * <pre>{@code
 * Schedule.warmUp(500, 0.01).then(500, Schedule.cosine(20_000, 0.05))
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {
  /**
   * What the learning rate is multiplied by.
   *
   * @param step how many steps were made before, from 0
   */
  double factor(int step);

  /** 1 throughout. */
  static Schedule constant() {
    return step -> 1;
  }

  /**
   * Multiplied by a factor every so many steps.
   *
   * @throws IllegalArgumentException if the period is not positive
   */
  static Schedule step(int period, double factor) {
    requirePositive("step", "period", period);
    return step -> {
      int times = step / period;
      return StrictMath.pow(factor, times);
    };
  }

  /** Multiplied by a factor at each of some steps. */
  static Schedule multiStep(double factor, int... milestones) {
    int[] at = milestones.clone();
    return step -> {
      double product = 1;
      for (int milestone : at) {
        product *= step >= milestone ? factor : 1;
      }
      return product;
    };
  }

  /** Multiplied by a factor after every step. */
  static Schedule exponential(double factor) {
    return step -> StrictMath.pow(factor, step);
  }

  /**
   * Half a cosine wave from 1 down to a lowest factor, where it stays (Loshchilov and Hutter,
   * "SGDR: stochastic gradient descent with warm restarts", 2017, equation 5).
   *
   * @param steps how long it falls
   * @throws IllegalArgumentException if that is not positive
   */
  static Schedule cosine(int steps, double lowest) {
    requirePositive("cosine", "steps", steps);
    return step -> {
      double share = Math.min((double) step / steps, 1);
      return lowest + 0.5 * (1 - lowest) * (1 + StrictMath.cos(Math.PI * share));
    };
  }

  /**
   * A line from a first factor up to 1, where it stays.
   *
   * @param steps how long it rises
   * @throws IllegalArgumentException if that is not positive
   */
  static Schedule warmUp(int steps, double first) {
    requirePositive("warmUp", "steps", steps);
    return step -> first + (1 - first) * Math.min((double) step / steps, 1);
  }

  /** The product of this and another. */
  default Schedule times(Schedule other) {
    return step -> factor(step) * other.factor(step);
  }

  /** This for so many steps, then another, which counts from its own beginning. */
  default Schedule then(int steps, Schedule next) {
    return step -> step < steps ? factor(step) : next.factor(step - steps);
  }

  private static void requirePositive(String schedule, String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "schedule: " + schedule + " cannot run\n  rule    " + name + " > 0, here " + value);
    }
  }
}
