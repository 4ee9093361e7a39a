package dev.tempera.optim;

import dev.tempera.tensor.Tensor;
import java.util.List;

/** A bound on gradients, so that a rare large one does not throw parameters far away. */
@FunctionalInterface
public interface GradientClipping {
  /** The bounded gradients, in the same order; those that need no change are the same tensors. */
  List<Tensor> apply(List<Tensor> gradients);

  /** No bound. */
  static GradientClipping none() {
    return gradients -> gradients;
  }

  /**
   * Every element between −limit and limit.
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  static GradientClipping byValue(double limit) {
    requirePositive("value", limit);
    return gradients -> gradients.stream().map(each -> each.clamp(-limit, limit)).toList();
  }

  /**
   * All gradients times one number, so that the norm of all their elements together is at most a
   * limit (Pascanu and others, "On the difficulty of training recurrent neural networks", 2013,
   * algorithm 1). Gradients whose norm is infinite or NaN stay as they are.
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  static GradientClipping byGlobalNorm(double limit) {
    requirePositive("norm", limit);
    return gradients -> {
      double norm = globalNorm(gradients);
      return norm > limit && Double.isFinite(norm)
          ? gradients.stream().map(each -> each.multiply(limit / norm)).toList()
          : gradients;
    };
  }

  /** The Euclidean norm of all elements together. */
  static double globalNorm(List<Tensor> gradients) {
    double square = 0;
    for (Tensor gradient : gradients) {
      square += Vectors.dot(gradient, gradient);
    }
    return Math.sqrt(square);
  }

  private static void requirePositive(String what, double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(
          "gradient clipping: the largest "
              + what
              + " is no bound\n  rule    limit > 0, here "
              + limit);
    }
  }
}
