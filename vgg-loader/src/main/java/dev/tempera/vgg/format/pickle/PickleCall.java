package dev.tempera.vgg.format.pickle;

import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that a pickle makes: the arguments, checked as they are taken, and the place for errors.
 */
public final class PickleCall {
  private static final int MOST_AXES = 64;

  private final String function;
  private final List<Object> arguments;
  private final FileBytes pickle;
  private final long position;

  PickleCall(String function, List<Object> arguments, FileBytes pickle, long position) {
    this.function = function;
    this.arguments = arguments;
    this.pickle = pickle;
    this.position = position;
  }

  /** How many arguments there are. */
  public int count() {
    return arguments.size();
  }

  /**
   * An argument of one type.
   *
   * @throws TensorFileException if there is none with that index, or it is of another type
   */
  public <T> T argument(int index, Class<T> type) throws TensorFileException {
    if (index < arguments.size() && type.isInstance(arguments.get(index))) {
      return type.cast(arguments.get(index));
    }
    String found =
        index < arguments.size()
            ? "a " + arguments.get(index).getClass().getSimpleName()
            : "only " + arguments.size() + " arguments";
    throw failure("argument " + index + " must be a " + type.getSimpleName() + ", found " + found);
  }

  /**
   * An argument that is a tuple of integers, one for each axis.
   *
   * @throws TensorFileException if it is something else, or has more than 64
   */
  public List<Long> integers(int index) throws TensorFileException {
    List<Object> items = argument(index, PickleTuple.class).items();
    if (items.size() > MOST_AXES) {
      throw failure(items.size() + " axes, and " + MOST_AXES + " are the most allowed");
    }
    List<Long> integers = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Long integer)) {
        throw failure("argument " + index + " holds something that is not an integer of 64 bits");
      }
      integers.add(integer);
    }
    return integers;
  }

  /**
   * A shape made of axis lengths.
   *
   * @param tensor the tensor it belongs to, for the error
   * @throws TensorFileException if no tensor can have it
   */
  public Shape shape(@Nullable String tensor, List<Long> lengths) throws TensorFileException {
    return pickle.shape(tensor, position, lengths);
  }

  /** The exception that says what is wrong with this call. */
  public TensorFileException failure(String problem) {
    return failure(null, problem);
  }

  /** The exception that says what is wrong with the tensor that this call makes. */
  public TensorFileException failure(@Nullable String tensor, String problem) {
    return pickle.failure(tensor, position, function + ": " + problem);
  }
}
