package dev.tempera.autograd;

import java.util.function.Consumer;
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

  /**
   * Adds to the gradient of an input, if possible into memory that what others contributed takes
   * already; then there is none for this gradient alone.
   *
   * @param input position of the input in the order it was recorded
   * @param gradient of the shape of the input
   * @param addition adds the same gradient to the sum so far, which it writes over
   */
  default void add(int input, Supplier<T> gradient, Consumer<T> addition) {
    add(input, gradient);
  }

  /**
   * Whether the rule runs for the last time. What is kept for it goes afterwards, and may serve as
   * memory for what it contributes.
   */
  default boolean isLastRun() {
    return false;
  }
}
