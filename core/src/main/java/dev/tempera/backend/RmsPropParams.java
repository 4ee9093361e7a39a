package dev.tempera.backend;

/**
 * The constants of RMSProp.
 *
 * @param learningRate α
 * @param decay of the averages
 * @param epsilon added to the root of the mean square
 * @param momentum µ; 0 for none
 * @param weightDecay the factor of the parameter that is added to its gradient
 */
public record RmsPropParams(
    double learningRate, double decay, double epsilon, double momentum, double weightDecay) {
  /** Decay 0.99, ε 1e-8, no momentum, no weight decay. */
  public static RmsPropParams withLearningRate(double learningRate) {
    return new RmsPropParams(learningRate, 0.99, 1e-8, 0, 0);
  }

  /** The same with the learning rate multiplied. */
  public RmsPropParams scaled(double factor) {
    return new RmsPropParams(learningRate * factor, decay, epsilon, momentum, weightDecay);
  }
}
