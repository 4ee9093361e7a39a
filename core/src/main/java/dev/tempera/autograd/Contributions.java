package dev.tempera.autograd;

import java.util.function.Supplier;

/**
 * Takes the gradients that a rule makes for its inputs.
 *
 * @param <T> the type of values
 */
public interface Contributions<T> {
  /**
   * Adds to the gradient of an input.
   *
   * @param input position of the input in the order it was recorded
   * @param gradient of the shape of the input; asked for only if that input needs one
   */
  void add(int input, Supplier<T> gradient);
}
