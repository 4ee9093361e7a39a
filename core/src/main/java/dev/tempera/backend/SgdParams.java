package dev.tempera.backend;

/**
 * The constants of gradient descent.
 *
 * @param learningRate α
 * @param momentum µ; 0 for none
 * @param dampening τ, the share of a gradient that momentum leaves out
 * @param weightDecay λ, the factor of the parameter that is added to its gradient
 * @param nesterov whether the step looks ahead along the velocity (Nesterov, 1983)
 */
public record SgdParams(
    double learningRate, double momentum, double dampening, double weightDecay, boolean nesterov) {
  /**
   * Checks the constants.
   *
   * @throws IllegalArgumentException if Nesterov's momentum lacks momentum or is dampened
   */
  public SgdParams {
    if (nesterov && (momentum <= 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "sgd: Nesterov's momentum cannot be used so\n  rule    momentum > 0 and dampening 0, here "
              + momentum
              + " and "
              + dampening);
    }
  }

  /** The same with the learning rate multiplied. */
  public SgdParams scaled(double factor) {
    return new SgdParams(learningRate * factor, momentum, dampening, weightDecay, nesterov);
  }

  /** The weight of the gradient in the velocity at a step, counted from 1. */
  public double gradientWeight(int step) {
    return step == 1 ? 1 : 1 - dampening;
  }

  /** The weight of the last velocity in the velocity at a step, counted from 1. */
  public double velocityWeight(int step) {
    return step == 1 ? 0 : momentum;
  }
}
