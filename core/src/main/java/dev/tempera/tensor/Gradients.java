package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import java.util.Map;

/**
 * The gradients of one scalar with respect to the tracked tensors it was made from, or to chosen
 * ones. A value: nothing changes it.
 */
public final class Gradients {
  private final Map<Node<Tensor>, Tensor> gradients;

  Gradients(Map<Node<Tensor>, Tensor> gradients) {
    this.gradients = gradients;
  }

  /**
   * The gradient with respect to a tensor, of its shape.
   *
   * @throws IllegalArgumentException if the tensor was not tracked, or the scalar does not depend
   *     on it
   */
  public Tensor of(Tensor tensor) {
    Node<Tensor> node = tensor.node();
    Tensor gradient = node == null ? null : gradients.get(node);
    if (gradient != null) {
      return gradient;
    }
    throw new IllegalArgumentException(
        "gradients: there is none for this tensor\n  tensor  "
            + tensor.dtype()
            + tensor.shape()
            + (node == null
                ? "\n  rule    it was not tracked\n  hint    use the handle that track() returns"
                : node.isLeaf()
                    ? "\n  rule    the differentiated value does not depend on it"
                    : "\n  rule    it is the result of "
                        + node.name()
                        + "; gradients are kept for tensors that were tracked, or asked for"));
  }

  /**
   * The gradient with respect to a tensor, of its shape; zeros, made now, if there is none because
   * the scalar does not depend on it.
   *
   * @throws IllegalArgumentException if the tensor was not tracked
   */
  public Tensor ofOrZeros(Tensor tensor) {
    return tensor.isTracked() && !has(tensor) ? tensor.filledLike(0) : of(tensor);
  }

  /** Whether there is a gradient for this tensor. */
  public boolean has(Tensor tensor) {
    Node<Tensor> node = tensor.node();
    return node != null && gradients.containsKey(node);
  }
}
