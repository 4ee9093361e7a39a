package dev.tempera.tensor;

import java.util.List;

/**
 * The value of a function and its gradients.
 *
 * @param value of the function
 * @param gradients with respect to each input, in order and of its shape
 */
public record ValueAndGradients(Tensor value, List<Tensor> gradients) {
  /** Copies the list. */
  public ValueAndGradients {
    gradients = List.copyOf(gradients);
  }
}
