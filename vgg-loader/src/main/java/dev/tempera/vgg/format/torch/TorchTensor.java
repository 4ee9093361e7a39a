package dev.tempera.vgg.format.torch;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.pickle.PickleCall;
import java.util.List;

/** A tensor as a PyTorch pickle describes it: a view of a storage, not yet checked against it. */
final class TorchTensor {
  private final StorageSlice slice;
  private final long offset;
  private final List<Long> lengths;
  private final List<Long> strides;
  private final PickleCall call;

  private TorchTensor(
      StorageSlice slice, long offset, List<Long> lengths, List<Long> strides, PickleCall call) {
    this.slice = slice;
    this.offset = offset;
    this.lengths = lengths;
    this.strides = strides;
    this.call = call;
  }

  /**
   * What PyTorch's {@code _rebuild_tensor(storage, offset, size, stride)} makes; further arguments
   * (whether it needs gradients, hooks) do not concern weights.
   */
  static TorchTensor rebuild(PickleCall call) throws TensorFileException {
    return new TorchTensor(
        call.argument(0, StorageSlice.class),
        call.argument(1, Long.class),
        call.integers(2),
        call.integers(3),
        call);
  }

  /** The storage that the elements lie in. */
  TorchStorage storage() {
    return slice.storage();
  }

  /**
   * The tensor under its name.
   *
   * @param bytes the bytes of its storage
   * @param mostElements a bound on the elements of a tensor that repeats those of its storage
   * @throws TensorFileException if it reaches outside its storage, or is larger than the bound
   */
  TensorEntry toEntry(String name, StorageBytes bytes, long mostElements)
      throws TensorFileException {
    Shape shape = call.shape(name, lengths);
    if (shape.size() > Math.max(mostElements, storage().count())) {
      throw call.failure(
          name, "shape " + shape + " repeats the elements of its storage more than is plausible");
    }
    checkReach(name, shape);
    long width = storage().dtype().byteSize();
    long start = (slice.start() + offset) * width;
    return new TensorEntry(
        name,
        storage().dtype(),
        shape,
        strides.stream().mapToLong(Long::longValue).toArray(),
        bytes.fileOffset() + start,
        () -> bytes.content().read().asSlice(start));
  }

  private void checkReach(String name, Shape shape) throws TensorFileException {
    String view = "offset " + offset + ", shape " + shape + ", strides " + strides;
    if (strides.size() != shape.rank() || offset < 0 || strides.stream().anyMatch(s -> s < 0)) {
      throw call.failure(name, view + ": one stride per axis, and nothing negative, is allowed");
    }
    long left = slice.count() - offset - (shape.size() == 0 ? 0 : 1);
    for (int axis = 0; axis < shape.rank() && shape.size() > 0 && left >= 0; axis++) {
      long steps = shape.dim(axis) - 1L;
      long stride = strides.get(axis);
      left = steps > 0 && stride > left / steps ? -1 : left - steps * stride;
    }
    if (left < 0) {
      throw call.failure(
          name, view + " reach outside their storage of " + slice.count() + " elements");
    }
  }
}
