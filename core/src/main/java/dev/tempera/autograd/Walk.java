package dev.tempera.autograd;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * The backward walk: visits recorded operations from the last to the first, runs their rules and
 * sums what reaches each input. A gradient is given back as soon as its rule has run, so memory
 * falls as the walk goes on.
 *
 * @param <T> the type of values
 */
public final class Walk<T> {
  private final Arithmetic<T> arithmetic;
  private final boolean retainGraph;
  private final IdentityHashMap<Node<T>, T> gradients = new IdentityHashMap<>();
  private final PriorityQueue<Node<T>> pending =
      new PriorityQueue<>(Comparator.comparingLong((Node<T> node) -> node.sequence()).reversed());

  private Walk(Arithmetic<T> arithmetic, boolean retainGraph) {
    this.arithmetic = arithmetic;
    this.retainGraph = retainGraph;
  }

  /**
   * The gradients of all leaves that a value was made from.
   *
   * @param root the value's node
   * @param seed the gradient with respect to the value, taken over
   * @param retainGraph whether the rules will be run again
   */
  public static <T> Map<Node<T>, T> run(
      Node<T> root, T seed, boolean retainGraph, Arithmetic<T> arithmetic) {
    return new Walk<T>(arithmetic, retainGraph).from(root, seed);
  }

  private Map<Node<T>, T> from(Node<T> root, T seed) {
    IdentityHashMap<Node<T>, T> leaves = new IdentityHashMap<>();
    contribute(root, seed);
    for (Node<T> node = pending.poll(); node != null; node = pending.poll()) {
      T gradient = Objects.requireNonNull(gradients.remove(node));
      if (node.isLeaf()) {
        leaves.put(node, gradient);
        continue;
      }
      Node<T> current = node;
      current.rule().apply(gradient, (input, work) -> contributeTo(current, input, work));
      arithmetic.release(gradient);
      if (!retainGraph) {
        current.consume();
      }
    }
    return leaves;
  }

  private void contributeTo(Node<T> node, int input, Supplier<T> work) {
    Node<T> target = node.inputs().get(input);
    if (target != null) {
      contribute(target, arithmetic.inScope(node.op(), work));
    }
  }

  private void contribute(Node<T> target, T gradient) {
    T before = gradients.get(target);
    if (before == null) {
      gradients.put(target, gradient);
      pending.add(target);
      return;
    }
    gradients.put(
        target, arithmetic.inScope("sum of gradients", () -> arithmetic.add(before, gradient)));
    arithmetic.release(before);
    arithmetic.release(gradient);
  }
}
