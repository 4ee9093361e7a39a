package dev.tempera.backend;

/**
 * The constants of Adam (Kingma and Ba, 2015).
 *
 * @param learningRate α
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 */
public record AdamParams(double learningRate, double beta1, double beta2, double epsilon) {
  /** β₁ 0.9, β₂ 0.999, ε 1e-8. */
  public static AdamParams withLearningRate(double learningRate) {
    return new AdamParams(learningRate, 0.9, 0.999, 1e-8);
  }

  /** What the first moment is divided by at a step, counted from 1. */
  public double firstCorrection(int step) {
    return 1 - Math.pow(beta1, step);
  }

  /** What the second moment is divided by at a step, counted from 1. */
  public double secondCorrection(int step) {
    return 1 - Math.pow(beta2, step);
  }
}
