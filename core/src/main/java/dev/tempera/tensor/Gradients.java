package dev.tempera.tensor;

import dev.tempera.autograd.Node;
import java.util.Map;

/**
 * The gradients of one scalar with respect to every tracked tensor it was made from. A value:
 * nothing changes it.
 */
public final class Gradients {
  private final Map<Node<Tensor>, Tensor> leaves;

  Gradients(Map<Node<Tensor>, Tensor> leaves) {
    this.leaves = leaves;
  }

  /**
   * The gradient with respect to a tensor, of its shape.
   *
   * @throws IllegalArgumentException if the tensor was not tracked, or the scalar does not depend
   *     on it
   */
  public Tensor of(Tensor tensor) {
    Node<Tensor> node = tensor.node();
    Tensor gradient = node == null ? null : leaves.get(node);
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
                        + node.op()
                        + "; gradients are kept for tensors that were tracked"));
  }

  /** Whether there is a gradient for this tensor. */
  public boolean has(Tensor tensor) {
    Node<Tensor> node = tensor.node();
    return node != null && leaves.containsKey(node);
  }
}
