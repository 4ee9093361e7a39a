package dev.tempera.vgg.mapping;

import dev.tempera.io.TensorEntry;
import java.util.Optional;

/**
 * The tensors of one convolution as a file has them.
 *
 * @param kernel with the axes in the file's order
 * @param bias any shape of Cout elements
 * @param normalization a batch normalisation that follows
 */
record StoredConvolution(
    TensorEntry kernel, Optional<TensorEntry> bias, Optional<BatchNormalization> normalization) {

  /** A convolution without batch normalisation. */
  static StoredConvolution of(TensorEntry kernel, Optional<TensorEntry> bias) {
    return new StoredConvolution(kernel, bias, Optional.empty());
  }
}
