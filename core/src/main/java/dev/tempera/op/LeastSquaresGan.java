package dev.tempera.op;

import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * The loss of adversarial nets by least squares (Mao and others, "Least squares generative
 * adversarial networks", 2017, with the labels 1 for real and 0 for fake, and without the factor
 * ½).
 */
public final class LeastSquaresGan {
  private LeastSquaresGan() {}

  /**
   * The mean of (s − 1)²: a discriminator's loss on real pictures, a generator's on its own.
   *
   * @param scores of the discriminator, of any shape
   */
  public static Tensor real(Tensor scores) {
    Recording.of("leastSquaresGan", scores);
    Unary.requireComputable("leastSquaresGan", scores);
    return scores.add(-1).square().mean();
  }

  /**
   * The mean of s²: a discriminator's loss on generated pictures.
   *
   * @param scores of the discriminator, of any shape
   */
  public static Tensor fake(Tensor scores) {
    Recording.of("leastSquaresGan", scores);
    Unary.requireComputable("leastSquaresGan", scores);
    return scores.square().mean();
  }
}
