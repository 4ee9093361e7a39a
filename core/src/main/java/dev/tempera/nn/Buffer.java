package dev.tempera.nn;

import dev.tempera.data.DType;
import dev.tempera.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A tensor that a {@link Block} owns, saves with its parameters and does not train, such as a
 * running average. It is written to in place; conversion exchanges the handle.
 */
public final class Buffer {
  private Tensor value;

  private Buffer(Tensor value) {
    this.value = value;
  }

  /**
   * A buffer.
   *
   * @param initial makes the first value, a tensor of its own
   */
  static Buffer of(Supplier<Tensor> initial) {
    return new Buffer(Parameter.unscoped(initial));
  }

  /** The tensor as it is now. */
  public Tensor value() {
    return value;
  }

  /** Changes the element type, unless that is one of whole numbers. */
  void convert(DType dtype) {
    if (value.dtype().isFloating() && value.dtype() != dtype) {
      Tensor before = value;
      value = Parameter.unscoped(() -> before.to(dtype));
      before.close();
    }
  }
}
