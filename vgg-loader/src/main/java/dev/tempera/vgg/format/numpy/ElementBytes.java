package dev.tempera.vgg.format.numpy;

import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.pickle.PickleCall;

/**
 * The bytes of an array's elements.
 *
 * @param fileOffset the first of them in the file; 0 where they are kept as text
 * @param size how many there are
 * @param content the bytes
 */
record ElementBytes(long fileOffset, long size, Content content) {

  /** Finds the bytes that a pickle gives for elements. */
  @FunctionalInterface
  interface Source {
    /**
     * The bytes of some elements.
     *
     * @param call the call that gives them, for the error
     * @param data what it gives
     * @throws TensorFileException if that is neither bytes nor text that stands for bytes
     */
    ElementBytes of(PickleCall call, Object data) throws TensorFileException;
  }
}
