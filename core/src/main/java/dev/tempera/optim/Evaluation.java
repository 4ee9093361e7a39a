package dev.tempera.optim;

import dev.tempera.tensor.Tensor;

/**
 * An objective at one point.
 *
 * @param value the value
 * @param gradient with respect to the point, of its shape
 */
public record Evaluation(double value, Tensor gradient) {}
