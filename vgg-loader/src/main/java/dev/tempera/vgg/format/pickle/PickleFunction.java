package dev.tempera.vgg.format.pickle;

import dev.tempera.io.TensorFileException;

/** Something that a pickle may call: our own code that stands for a Python function or class. */
@FunctionalInterface
public interface PickleFunction {
  /**
   * The result of a call.
   *
   * @throws TensorFileException if the arguments are not what the function takes
   */
  Object apply(PickleCall call) throws TensorFileException;
}
