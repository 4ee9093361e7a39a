package dev.tempera.autograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation: where its inputs came from, its gradient rule, and what the rule keeps. A
 * node without a rule is a leaf, a value whose gradient somebody asked for.
 *
 * <p>Nodes are counted like storages: by the handles of their value and by the nodes made from it.
 * With the last holder what the node keeps is given back.
 *
 * @param <T> the type of values
 */
public final class Node<T> {
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private final long sequence = SEQUENCE.getAndIncrement();
  private final String op;
  private final List<@Nullable Node<T>> inputs;
  private final AtomicInteger holders = new AtomicInteger(1);
  private List<Kept> kept;
  private @Nullable Rule<T> rule;
  private boolean consumed;

  private Node(String op, List<@Nullable Node<T>> inputs, List<Kept> kept, @Nullable Rule<T> rule) {
    this.op = op;
    this.inputs = inputs;
    this.kept = kept;
    this.rule = rule;
  }

  /** A node for a value whose gradient is asked for. */
  public static <T> Node<T> leaf() {
    return new Node<>("leaf", List.of(), List.of(), null);
  }

  /**
   * A node for the result of an operation; it holds its inputs' nodes.
   *
   * @param op the operation's name
   * @param inputs the nodes of the inputs, null for inputs that need no gradient
   * @param kept what the rule needs, given back with the node or once the rule has run
   */
  public static <T> Node<T> of(
      String op, List<@Nullable Node<T>> inputs, List<Kept> kept, Rule<T> rule) {
    for (Node<T> input : inputs) {
      if (input != null) {
        input.retain();
      }
    }
    return new Node<>(op, new ArrayList<>(inputs), new ArrayList<>(kept), rule);
  }

  /** The operation's name. */
  public String op() {
    return op;
  }

  /** The nodes of the inputs, null for those that need no gradient. */
  public List<@Nullable Node<T>> inputs() {
    return inputs;
  }

  /**
   * Whether this is a value whose gradient was asked for, rather than the result of an operation.
   */
  public boolean isLeaf() {
    return rule == null && !consumed;
  }

  /** Bytes kept for the rule. */
  public long keptBytes() {
    return kept.stream().mapToLong(Kept::byteSize).sum();
  }

  /** Position in the order of creation; inputs come before what is made from them. */
  long sequence() {
    return sequence;
  }

  /** The rule, to be run once more. */
  Rule<T> rule() {
    if (rule == null) {
      throw new IllegalStateException(
          "backward: what "
              + op
              + " kept for its gradient was given back by an earlier backward"
              + "\n  hint    pass BackwardMode.RETAIN to all but the last call");
    }
    return rule;
  }

  /** Gives back what the rule kept; it cannot run again. */
  void consume() {
    consumed = true;
    rule = null;
    List<Kept> gone = kept;
    kept = List.of();
    gone.forEach(Kept::release);
  }

  /** Adds a holder. */
  public void retain() {
    holders.incrementAndGet();
  }

  /**
   * Removes a holder; with the last one, what is kept here, and in nodes that only this one held,
   * is given back.
   */
  public void release() {
    Deque<Node<T>> released = new ArrayDeque<>();
    released.push(this);
    while (!released.isEmpty()) {
      Node<T> node = released.pop();
      if (node.holders.decrementAndGet() == 0) {
        if (!node.isLeaf()) {
          node.consume();
        }
        for (Node<T> input : node.inputs) {
          if (input != null) {
            released.push(input);
          }
        }
      }
    }
  }
}
