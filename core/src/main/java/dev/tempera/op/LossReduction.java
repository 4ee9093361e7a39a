package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/** What becomes of the losses of single elements. */
public enum LossReduction {
  /** They stay, in the operands' shape. */
  NONE,
  /** Their mean. */
  MEAN,
  /** Their sum. */
  SUM;

  Tensor of(Tensor losses) {
    return switch (this) {
      case NONE -> losses;
      case MEAN -> Sum.mean(losses);
      case SUM -> Sum.sum(losses);
    };
  }
}
