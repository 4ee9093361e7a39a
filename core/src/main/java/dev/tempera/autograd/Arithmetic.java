package dev.tempera.autograd;

import java.util.function.Supplier;

/**
 * The little that the backward walk does with values itself.
 *
 * @param <T> the type of values
 */
public interface Arithmetic<T> {
  /** The sum of two gradients. */
  T add(T a, T b);

  /** Gives a value back that is no longer needed. */
  void release(T value);

  /**
   * Makes a value, as a handle of its own, and gives back everything else that was made on the way.
   *
   * @param op the operation the value is made for, for messages
   */
  T inScope(String op, Supplier<T> work);
}
