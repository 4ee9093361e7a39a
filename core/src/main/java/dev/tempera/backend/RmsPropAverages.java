package dev.tempera.backend;

import org.jspecify.annotations.Nullable;

/**
 * What RMSProp knows of the gradients so far; 0 at the start.
 *
 * @param square their mean square
 * @param mean their mean, by which the mean square is centred; null where it is not
 * @param velocity v; null without momentum
 * @param <T> the type of tensors
 */
public record RmsPropAverages<T>(T square, @Nullable T mean, @Nullable T velocity) {}
