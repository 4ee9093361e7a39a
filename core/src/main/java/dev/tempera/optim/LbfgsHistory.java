package dev.tempera.optim;

import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last steps and gradient changes, and the inverse Hessian that they imply (Nocedal, 1980). */
final class LbfgsHistory {
  /**
   * The least cosine of the angle between a step and its gradient change for the two to be
   * remembered. Below it float32 rounding decides the sign of the curvature. A ratio, so that
   * multiplying the objective by a number changes nothing.
   */
  private static final double LEAST_COSINE = 1e-8;

  private final int capacity;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  /** A step s with its gradient change y, and 1/(s·y). */
  private record Pair(Tensor step, Tensor change, double inverseProduct, double scale) {
    void close() {
      step.close();
      change.close();
    }
  }

  /**
   * A way down.
   *
   * @param direction where to
   * @param slope the derivative of the objective along it
   */
  record Descent(Tensor direction, double slope) {}

  LbfgsHistory(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  void clear() {
    pairs.forEach(Pair::close);
    pairs.clear();
  }

  /**
   * Remembers the way from one point to the next, unless the objective curves downwards on it; in
   * the memory of the oldest way, once there are as many as are ever remembered.
   *
   * @param owner the scope of the current iteration; what is remembered moves to the enclosing one
   */
  void add(Trial from, Trial to, TensorScope owner) {
    Tensor step = to.point().subtract(from.point());
    Tensor change = to.gradient().subtract(from.gradient());
    double product = Vectors.dot(step, change);
    double square = Vectors.dot(change, change);
    double lengths = Math.sqrt(Vectors.dot(step, step)) * Math.sqrt(square);
    if (!(product > LEAST_COSINE * lengths) || !Double.isFinite(square)) {
      return;
    }
    if (pairs.size() == capacity) {
      Pair oldest = pairs.removeFirst();
      oldest.step.assign(step);
      oldest.change.assign(change);
      pairs.addLast(new Pair(oldest.step, oldest.change, 1 / product, product / square));
      return;
    }
    owner.keep(step);
    owner.keep(change);
    pairs.addLast(new Pair(step, change, 1 / product, product / square));
  }

  /**
   * Takes the memory of steps that are remembered, without having made them.
   *
   * @param like of the shape of a step
   * @param steps how many; no more than are ever remembered
   */
  void fill(Tensor like, int steps) {
    for (int i = 0; i < Math.min(steps, capacity); i++) {
      pairs.addLast(new Pair(Vectors.copy(like), Vectors.copy(like), 1, 1));
    }
  }

  /**
   * −H·g by the two-loop recursion (Nocedal and Wright, 2006, algorithm 7.4), new. Each update is
   * one pass over memory with the inner product that comes after it.
   */
  Descent direction(Tensor gradient) {
    Tensor result = gradient.negate();
    if (pairs.isEmpty()) {
      return new Descent(result, -Vectors.dot(gradient, gradient));
    }
    List<Pair> newestFirst = List.copyOf(pairs.reversed());
    int oldest = newestFirst.size() - 1;
    double[] weights = new double[newestFirst.size()];
    double product = -Vectors.dot(newestFirst.getFirst().step(), gradient);
    for (int i = 0; i <= oldest; i++) {
      Pair pair = newestFirst.get(i);
      Tensor next = i < oldest ? newestFirst.get(i + 1).step() : pair.change();
      weights[i] = product * pair.inverseProduct();
      product = InPlace.addScaledDot(result, pair.change(), -weights[i], next);
    }
    double scale = newestFirst.getFirst().scale();
    Pair first = newestFirst.get(oldest);
    double share = weights[oldest] - scale * product * first.inverseProduct();
    InPlace.combine(result, scale, first.step(), share);
    product = Vectors.dot(result, oldest > 0 ? newestFirst.get(oldest - 1).change() : gradient);
    for (int i = oldest - 1; i >= 0; i--) {
      Pair pair = newestFirst.get(i);
      Tensor next = i > 0 ? newestFirst.get(i - 1).change() : gradient;
      share = weights[i] - product * pair.inverseProduct();
      product = InPlace.addScaledDot(result, pair.step(), share, next);
    }
    return new Descent(result, product);
  }
}
