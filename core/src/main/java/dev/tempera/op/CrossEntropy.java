package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * The negative logarithm of the probability that the softmax of logits gives to the right class.
 *
 * <p>With label smoothing ε (Szegedy and others, "Rethinking the inception architecture", 2016,
 * section 7) the target is 1 − ε of itself and ε of the uniform distribution.
 */
public final class CrossEntropy {
  private static final int CLASSES = 1;

  private CrossEntropy() {}

  /**
   * The loss of logits beside classes or probabilities.
   *
   * @param logits (N, classes) or (N, classes, …)
   * @param target the numbers of the classes, int32 or int64, (N) or (N, …); or probabilities, of
   *     the logits' shape and type
   * @param smoothing ε, from 0 to 1
   * @return a scalar, or (N) or (N, …) if nothing is reduced
   * @throws ShapeException if the shapes do not fit
   * @throws IllegalArgumentException if a type does not fit, or ε is no share
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static Tensor apply(
      Tensor logits, Tensor target, double smoothing, LossReduction reduction) {
    Recording.of("crossEntropy", logits, target);
    Unary.requireComputable("crossEntropy", logits);
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "crossEntropy: the smoothing is no share\n  rule    0 ≤ smoothing ≤ 1, here "
              + smoothing);
    }
    if (logits.shape().rank() < 2) {
      throw new ShapeException(
          "crossEntropy: the logits have no axis of classes\n  logits  "
              + logits.shape()
              + "\n  rule    (N, classes) or (N, classes, …)"
              + "\n  hint    for one sample, reshape(1, -1)");
    }
    boolean ofClasses = !target.dtype().isFloating();
    Shape expected = ofClasses ? withoutClasses(logits.shape()) : logits.shape();
    if (!target.shape().equals(expected)) {
      throw new ShapeException(
          "crossEntropy: the target does not fit the logits\n  logits  "
              + logits.shape()
              + "  (N, classes, …)\n  target  "
              + target.dtype()
              + target.shape()
              + "\n  rule    "
              + (ofClasses ? "numbers of classes have shape " : "probabilities have shape ")
              + expected);
    }
    Tensor logarithms = LogSoftmax.apply(logits, CLASSES);
    Tensor chosen = ofClasses ? ofClasses(logarithms, target) : ofProbabilities(logarithms, target);
    if (smoothing == 0) {
      return reduction.of(chosen.negate());
    }
    Tensor uniform = Sum.mean(logarithms, CLASSES).multiply(smoothing);
    return reduction.of(chosen.multiply(1 - smoothing).add(uniform).negate());
  }

  private static Tensor ofClasses(Tensor logarithms, Tensor classes) {
    return Squeeze.apply(
        Gather.apply(logarithms, Unsqueeze.apply(classes, CLASSES), CLASSES), CLASSES);
  }

  private static Tensor ofProbabilities(Tensor logarithms, Tensor probabilities) {
    OperandTypes.requireOne(
        "crossEntropy", logarithms, new OperandTypes.Named("target", probabilities));
    return Sum.sum(logarithms.multiply(probabilities), CLASSES);
  }

  private static Shape withoutClasses(Shape logits) {
    int[] lengths = new int[logits.rank() - 1];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = logits.dim(axis < CLASSES ? axis : axis + 1);
    }
    return Shape.of(lengths);
  }
}
