package dev.tempera.vgg.format.pickle;

import dev.tempera.io.TensorFileException;
import org.jspecify.annotations.Nullable;

/** What the pickles of one format may refer to; everything else is refused. */
public interface PickleGlobals {
  /**
   * What stands for a Python function or class: a {@link PickleFunction} where it may be called,
   * some value where it may only be passed on, or null where the pickle may not refer to it.
   */
  @Nullable Object find(String module, String name);

  /** What a user whose file was refused can do, in one line. */
  String remedy();

  /**
   * The object outside the pickle that an identifier stands for.
   *
   * @param identifier its parts are the call's arguments
   * @throws TensorFileException if there is no such object
   */
  Object persistent(PickleCall identifier) throws TensorFileException;
}
