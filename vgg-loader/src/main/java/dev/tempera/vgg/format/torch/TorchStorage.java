package dev.tempera.vgg.format.torch;

import dev.tempera.data.DType;

/**
 * A run of elements that tensors of a PyTorch file are views of, as its pickle announces it.
 *
 * @param key the name of the storage within the file
 * @param dtype the type of its elements
 * @param count how many elements there are
 */
record TorchStorage(String key, DType dtype, long count) {
  /** How many bytes the elements take; a count that no file can have is refused before. */
  long byteSize() {
    return count * dtype.byteSize();
  }
}
