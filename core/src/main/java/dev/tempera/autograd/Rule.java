package dev.tempera.autograd;

/**
 * The gradient rule of one recorded operation, its vector-Jacobian product.
 *
 * @param <T> the type of values
 */
@FunctionalInterface
public interface Rule<T> {
  /**
   * Turns the gradient with respect to the output into gradients with respect to the inputs.
   *
   * @param outputGradient of the shape of the output
   * @param into takes one gradient for each input
   */
  void apply(T outputGradient, Contributions<T> into);
}
