package dev.tempera.nn;

import dev.tempera.data.DType;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A tensor that a {@link Block} owns and training changes. Freezing exchanges the handle, since
 * whether a handle is tracked never changes; so layers ask for {@link #value} at each use.
 */
public final class Parameter {
  private Tensor value;

  private Parameter(Tensor value) {
    this.value = value;
  }

  /**
   * A parameter.
   *
   * @param initial makes the first value, a tensor of its own
   */
  static Parameter of(Supplier<Tensor> initial) {
    return new Parameter(unscoped(() -> initial.get().track()));
  }

  /** A tensor that belongs to no scope; what else was made on the way is closed. */
  static Tensor unscoped(Supplier<Tensor> source) {
    try (NoRecord _ = NoRecord.open();
        TensorScope scope = TensorScope.open("parameter")) {
      return scope.release(source.get());
    }
  }

  /** The tensor as it is now: tracked, unless this parameter is frozen. */
  public Tensor value() {
    return value;
  }

  /** Whether it is excluded from training. */
  public boolean isFrozen() {
    return !value.isTracked();
  }

  void freeze() {
    if (!isFrozen()) {
      replace(now -> now.detach().freeze());
    }
  }

  void unfreeze() {
    if (isFrozen()) {
      replace(now -> copy(now, now).track());
    }
  }

  void convert(DType dtype) {
    if (value.dtype() != dtype) {
      boolean frozen = isFrozen();
      replace(now -> frozen ? now.to(dtype).freeze() : now.to(dtype).track());
    }
  }

  /** Takes over the values of a tensor of the same shape. */
  void assign(Tensor source) {
    if (isFrozen()) {
      replace(now -> copy(source, now).freeze());
    } else {
      value.assign(source);
    }
  }

  void close() {
    value.close();
  }

  private void replace(Function<Tensor, Tensor> change) {
    Tensor before = value;
    value = unscoped(() -> change.apply(before));
    before.close();
  }

  /** The values of one tensor in new memory like another's. */
  private static Tensor copy(Tensor source, Tensor like) {
    Tensor copy = like.filledLike(0);
    copy.assign(source);
    return copy;
  }
}
