package dev.tempera.autograd;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The little that the backward walk does with values itself.
 *
 * @param <T> the type of values
 */
public interface Arithmetic<T> {
  /**
   * The sum of two gradients, which are taken over; it may be written over one of them.
   *
   * @param node of the value that both are gradients of
   */
  T add(Node<T> node, T a, T b);

  /** Gives a value back that is no longer needed. */
  void release(T value);

  /**
   * Makes what a rule contributes to the gradient of an input, as a handle of its own, and gives
   * back everything else that was made on the way.
   *
   * @param node of the operation whose rule it is
   * @param input position of the input
   */
  T contribution(Node<T> node, int input, Supplier<T> work);

  /**
   * Lets a rule add what it contributes to a sum of gradients in place, if nobody else sees that
   * memory.
   *
   * @param node of the operation whose rule it is
   * @return whether it has been added
   */
  boolean addInPlace(Node<T> node, T sum, Consumer<T> addition);
}
