package dev.tempera.op;

import dev.tempera.tensor.Tensor;

/**
 * Elements of a tensor and where on an axis they were.
 *
 * @param values through which gradients flow back to the tensor
 * @param indices of the same shape, int32
 */
public record ValuesAndIndices(Tensor values, Tensor indices) {}
