package dev.tempera.backend;

import org.jspecify.annotations.Nullable;

/**
 * What Adam knows of the gradients so far; 0 at the start.
 *
 * @param first m, their mean
 * @param second v, the mean of their squares
 * @param largestSecond the largest v so far, for AMSGrad; null for Adam
 * @param <T> the type of tensors
 */
public record AdamMoments<T>(T first, T second, @Nullable T largestSecond) {}
