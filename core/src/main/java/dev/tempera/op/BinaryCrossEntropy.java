package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * The negative logarithm of the probability of yes-or-no targets, from logits: p·t·ln(1 + e⁻ˣ) + (1
 * − t)·ln(1 + eˣ), which is −p·t·ln σ(x) − (1 − t)·ln(1 − σ(x)) without its loss of accuracy where
 * σ(x) is near 0 or 1.
 */
public final class BinaryCrossEntropy {
  private BinaryCrossEntropy() {}

  /**
   * The loss of logits beside targets.
   *
   * @param logits x, whose sigmoid is the probability of yes
   * @param target t, from 0 for no to 1 for yes
   * @throws dev.tempera.data.ShapeException if their shapes differ
   * @throws IllegalArgumentException if their types differ or are not computed in
   */
  public static Tensor apply(Tensor logits, Tensor target, LossReduction reduction) {
    LossOperands.require("binaryCrossEntropy", logits, target);
    return reduction.of(losses(logits, target, target));
  }

  /**
   * The loss of logits beside targets, in which yes counts more or less than no.
   *
   * @param positiveWeight p, of a shape that broadcasts to the target's, such as one for each class
   * @throws dev.tempera.data.ShapeException if the shapes do not fit
   * @throws IllegalArgumentException if types differ or are not computed in
   */
  public static Tensor apply(
      Tensor logits, Tensor target, Tensor positiveWeight, LossReduction reduction) {
    LossOperands.require("binaryCrossEntropy", logits, target);
    Recording.of("binaryCrossEntropy", logits, target, positiveWeight);
    Shape shape = Shape.broadcast("binaryCrossEntropy", target.shape(), positiveWeight.shape());
    Tensor weighted = Expand.apply(target, shape).multiply(positiveWeight);
    return reduction.of(losses(logits, target, weighted));
  }

  private static Tensor losses(Tensor logits, Tensor target, Tensor weighted) {
    Tensor ofYes = logits.negate().softplus().multiply(weighted);
    Tensor ofNo = logits.softplus().multiply(target.negate().add(1));
    return ofYes.add(ofNo);
  }
}
