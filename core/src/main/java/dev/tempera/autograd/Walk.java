package dev.tempera.autograd;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Set<Node<T>> wanted;
  private final @Nullable Set<Node<T>> passed;
  private final IdentityHashMap<Node<T>, T> gradients = new IdentityHashMap<>();
  private final PriorityQueue<Node<T>> pending =
      new PriorityQueue<>(Comparator.comparingLong((Node<T> node) -> node.sequence()).reversed());

  private Walk(
      Arithmetic<T> arithmetic,
      boolean retainGraph,
      @Nullable Set<Node<T>> wanted,
      @Nullable Set<Node<T>> passed) {
    this.arithmetic = arithmetic;
    this.retainGraph = retainGraph;
    this.wanted = wanted;
    this.passed = passed;
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
    return new Walk<T>(arithmetic, retainGraph, null, null).from(root, seed);
  }

  /**
   * The gradients of chosen nodes, leaves or not. Rules run only where the way leads to one of
   * them; nodes that the value was not made from have no gradient.
   *
   * @param root the value's node
   * @param seed the gradient with respect to the value, taken over
   * @param wanted the nodes, compared by identity
   * @param retainGraph whether the rules will be run again
   */
  public static <T> Map<Node<T>, T> run(
      Node<T> root,
      T seed,
      Iterable<Node<T>> wanted,
      boolean retainGraph,
      Arithmetic<T> arithmetic) {
    Set<Node<T>> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    wanted.forEach(chosen::add);
    Set<Node<T>> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node<T> node : root.history()) {
      if (chosen.contains(node) || node.inputs().stream().anyMatch(passed::contains)) {
        passed.add(node);
      }
    }
    return new Walk<T>(arithmetic, retainGraph, chosen, passed).from(root, seed);
  }

  private Map<Node<T>, T> from(Node<T> root, T seed) {
    IdentityHashMap<Node<T>, T> results = new IdentityHashMap<>();
    if (isPassed(root)) {
      contribute(root, seed);
    } else {
      arithmetic.release(seed);
    }
    for (Node<T> node = pending.poll(); node != null; node = pending.poll()) {
      T gradient = Objects.requireNonNull(gradients.remove(node));
      boolean isResult = wanted == null ? node.isLeaf() : wanted.contains(node);
      if (isResult) {
        results.put(node, gradient);
      }
      if (!node.isLeaf() && leadsOn(node)) {
        node.rule().apply(gradient, new ContributionsOf(node));
        if (!retainGraph) {
          node.consume();
        }
      }
      if (!isResult) {
        arithmetic.release(gradient);
      }
    }
    return results;
  }

  private boolean isPassed(Node<T> node) {
    return passed == null || passed.contains(node);
  }

  private boolean leadsOn(Node<T> node) {
    for (Node<T> input : node.inputs()) {
      if (input != null && isPassed(input)) {
        return true;
      }
    }
    return false;
  }

  /** What the rule of one operation contributes. */
  private final class ContributionsOf implements Contributions<T> {
    private final Node<T> node;

    ContributionsOf(Node<T> node) {
      this.node = node;
    }

    private @Nullable Node<T> target(int input) {
      Node<T> target = node.inputs().get(input);
      return target != null && isPassed(target) ? target : null;
    }

    @Override
    public boolean isLastRun() {
      return !retainGraph;
    }

    @Override
    public void add(int input, Supplier<T> gradient) {
      Node<T> target = target(input);
      if (target != null) {
        contribute(target, arithmetic.contribution(node, input, gradient));
      }
    }

    @Override
    public void add(int input, Supplier<T> gradient, Consumer<T> addition) {
      Node<T> target = target(input);
      T before = target == null ? null : gradients.get(target);
      if (before == null || !arithmetic.addInPlace(node, before, addition)) {
        add(input, gradient);
      }
    }
  }

  private void contribute(Node<T> target, T gradient) {
    T before = gradients.get(target);
    if (before == null) {
      gradients.put(target, gradient);
      pending.add(target);
      return;
    }
    gradients.put(target, arithmetic.add(target, before, gradient));
  }
}
