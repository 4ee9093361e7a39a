package dev.tempera.data;

/**
 * One bit for each element of a value, saying where its gradient passes. Only the backend that made
 * it knows how the bits lie in the storage.
 *
 * @param storage the bits
 * @param shape the shape of the value it belongs to
 * @param strides the strides, in elements, of the value it belongs to; the bits follow its memory
 *     order
 */
public record Mask(Storage storage, Shape shape, long[] strides) {}
