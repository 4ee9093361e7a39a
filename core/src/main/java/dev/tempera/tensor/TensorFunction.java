package dev.tempera.tensor;

import java.util.List;

/** A tensor as a function of several. */
@FunctionalInterface
public interface TensorFunction {
  /** The function's value. */
  Tensor apply(List<Tensor> inputs);
}
