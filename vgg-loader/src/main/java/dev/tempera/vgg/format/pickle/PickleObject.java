package dev.tempera.vgg.format.pickle;

import dev.tempera.io.TensorFileException;
import java.util.Optional;

/** An object of ours that a pickle makes by a call and completes with a state afterwards. */
public interface PickleObject {
  /**
   * Takes the state.
   *
   * @param state the parts of the state are the call's arguments
   * @throws TensorFileException if they are not what the object needs
   */
  void setState(PickleCall state) throws TensorFileException;

  /** What the complete object holds if it is a container of other objects; else empty. */
  Optional<Object> content();
}
