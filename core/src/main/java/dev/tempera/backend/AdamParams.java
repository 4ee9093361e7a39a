package dev.tempera.backend;

/**
 * The constants of Adam (Kingma and Ba, 2015) and its relatives.
 *
 * @param learningRate α
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay the factor of the parameter that is added to its gradient
 * @param decoupledWeightDecay λ, by which the parameter itself shrinks: to 1 − α·λ of itself a step
 *     (AdamW: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019)
 */
public record AdamParams(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double decoupledWeightDecay) {
  /** Without weight decay. */
  public AdamParams(double learningRate, double beta1, double beta2, double epsilon) {
    this(learningRate, beta1, beta2, epsilon, 0, 0);
  }

  /** β₁ 0.9, β₂ 0.999, ε 1e-8, no weight decay. */
  public static AdamParams withLearningRate(double learningRate) {
    return new AdamParams(learningRate, 0.9, 0.999, 1e-8);
  }

  /** The same with the learning rate multiplied. */
  public AdamParams scaled(double factor) {
    return new AdamParams(
        learningRate * factor, beta1, beta2, epsilon, weightDecay, decoupledWeightDecay);
  }

  /** What the first moment is divided by at a step, counted from 1. */
  public double firstCorrection(int step) {
    return 1 - Math.pow(beta1, step);
  }

  /** What the second moment is divided by at a step, counted from 1. */
  public double secondCorrection(int step) {
    return 1 - Math.pow(beta2, step);
  }

  /** What is left of the parameter after decoupled weight decay. */
  public double keptShare() {
    return 1 - learningRate * decoupledWeightDecay;
  }
}
