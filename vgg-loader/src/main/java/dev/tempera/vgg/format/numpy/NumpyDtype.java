package dev.tempera.vgg.format.numpy;

import dev.tempera.io.TensorFileException;
import dev.tempera.io.npy.NpyType;
import dev.tempera.vgg.format.pickle.PickleCall;
import dev.tempera.vgg.format.pickle.PickleObject;
import java.util.Optional;

/**
 * NumPy's {@code dtype} in a pickle: a letter and a number of bytes, such as {@code f4}, and the
 * order of the bytes as the state.
 */
final class NumpyDtype implements PickleObject {
  private static final int BYTE_ORDER = 1;

  private final String code;
  private String order = "=";

  private NumpyDtype(String code) {
    this.code = code;
  }

  /** What {@code numpy.dtype(code, align, copy)} makes. */
  static NumpyDtype of(PickleCall call) throws TensorFileException {
    return new NumpyDtype(call.argument(0, String.class));
  }

  @Override
  public void setState(PickleCall state) throws TensorFileException {
    order = state.argument(BYTE_ORDER, String.class);
  }

  @Override
  public Optional<Object> content() {
    return Optional.empty();
  }

  /** Whether elements are Python objects. */
  boolean isObject() {
    return code.startsWith("O");
  }

  /**
   * The elements of numbers.
   *
   * @param call the call that needs them, for the error
   * @throws TensorFileException if Tempera has no such type
   */
  NpyType numbers(PickleCall call) throws TensorFileException {
    NpyType type = NpyType.of(order + code);
    if (type == null) {
      throw call.failure(
          "element type '"
              + TensorFileException.printable(order + code)
              + "' is not one of numbers");
    }
    return type;
  }
}
