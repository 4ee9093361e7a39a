package dev.tempera.autograd;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
  private final String name;
  private final DType dtype;
  private final Shape shape;
  private final List<@Nullable Node<T>> inputs;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final boolean leaf;
  private List<Kept> kept;
  private @Nullable Rule<T> rule;
  private @Nullable Throwable origin;

  private Node(
      String name,
      DType dtype,
      Shape shape,
      List<@Nullable Node<T>> inputs,
      List<Kept> kept,
      @Nullable Rule<T> rule) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.inputs = inputs;
    this.kept = kept;
    this.rule = rule;
    this.leaf = rule == null;
  }

  /**
   * A node for a value whose gradient is asked for.
   *
   * @param name what the value is called; empty if it has no name
   * @param dtype the value's element type
   * @param shape the value's axis lengths
   */
  public static <T> Node<T> leaf(String name, DType dtype, Shape shape) {
    return new Node<>(name, dtype, shape, List.of(), List.of(), null);
  }

  /**
   * A node for the result of an operation; it holds its inputs' nodes.
   *
   * @param op the operation's name
   * @param dtype the result's element type
   * @param shape the result's axis lengths
   * @param inputs the nodes of the inputs, null for inputs that need no gradient; taken over
   * @param kept what the rule needs, given back with the node or once the rule has run; taken over
   */
  public static <T> Node<T> of(
      String op,
      DType dtype,
      Shape shape,
      List<@Nullable Node<T>> inputs,
      List<Kept> kept,
      Rule<T> rule) {
    for (Node<T> input : inputs) {
      if (input != null) {
        input.retain();
      }
    }
    return new Node<>(op, dtype, shape, inputs, kept, rule);
  }

  /** The operation's name; of a leaf, what the value is called. */
  public String name() {
    return name;
  }

  /** The value's element type. */
  public DType dtype() {
    return dtype;
  }

  /** The value's axis lengths. */
  public Shape shape() {
    return shape;
  }

  /** The nodes of the inputs, null for those that need no gradient. */
  public List<@Nullable Node<T>> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /**
   * Whether this is a value whose gradient was asked for, rather than the result of an operation.
   */
  public boolean isLeaf() {
    return leaf;
  }

  /** What is kept for the rule. */
  public List<Kept> kept() {
    return Collections.unmodifiableList(kept);
  }

  /** Where the operation was called; null unless that was noted. */
  public @Nullable Throwable origin() {
    return origin;
  }

  /** Notes where the operation was called. */
  public void noteOrigin(Throwable call) {
    origin = call;
  }

  /** This node and all that it was made from, in the order of creation. */
  public List<Node<T>> history() {
    Set<Node<T>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node<T>> nodes = new ArrayList<>();
    seen.add(this);
    nodes.add(this);
    for (int next = 0; next < nodes.size(); next++) {
      for (Node<T> input : nodes.get(next).inputs) {
        if (input != null && seen.add(input)) {
          nodes.add(input);
        }
      }
    }
    nodes.sort(Comparator.comparingLong(Node::sequence));
    return nodes;
  }

  /** Position in the order of creation; inputs come before what is made from them. */
  long sequence() {
    return sequence;
  }

  /**
   * The rule, to be run once more.
   *
   * @throws IllegalStateException if what it needs was given back
   */
  public Rule<T> rule() {
    if (rule == null) {
      throw new IllegalStateException(
          "backward: what "
              + name
              + " kept for its gradient was given back by an earlier backward"
              + "\n  hint    pass BackwardMode.RETAIN to all but the last call");
    }
    return rule;
  }

  /** Gives back what the rule kept; it cannot run again. */
  void consume() {
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
    if (holders.decrementAndGet() > 0) {
      return;
    }
    Deque<Node<T>> unheld = new ArrayDeque<>();
    unheld.push(this);
    while (!unheld.isEmpty()) {
      Node<T> node = unheld.pop();
      node.consume();
      for (Node<T> input : node.inputs) {
        if (input != null && input.holders.decrementAndGet() == 0) {
          unheld.push(input);
        }
      }
    }
  }
}
