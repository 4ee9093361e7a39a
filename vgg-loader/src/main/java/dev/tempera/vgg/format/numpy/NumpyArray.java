package dev.tempera.vgg.format.numpy;

import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.io.npy.NpyType;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.pickle.PickleCall;
import dev.tempera.vgg.format.pickle.PickleObject;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A NumPy array of a pickle: numbers, whose bytes stay in the file, or Python objects. It is made
 * empty, and its state says all.
 */
final class NumpyArray implements PickleObject {
  private static final int SHAPE = 1;
  private static final int DTYPE = 2;
  private static final int FORTRAN_ORDER = 3;
  private static final int DATA = 4;

  private final ElementBytes.Source source;
  private @Nullable Numbers numbers;
  private @Nullable Object items;

  /**
   * An array of numbers.
   *
   * @param fortranOrder whether the first axis moves fastest
   */
  private record Numbers(Shape shape, NpyType type, boolean fortranOrder, ElementBytes bytes) {}

  /**
   * An empty array.
   *
   * @param source finds the bytes of elements
   */
  NumpyArray(ElementBytes.Source source) {
    this.source = source;
  }

  /** A single number: what {@code numpy.core.multiarray.scalar(dtype, bytes)} makes. */
  static NumpyArray scalar(PickleCall call, ElementBytes.Source source) throws TensorFileException {
    NumpyArray array = new NumpyArray(source);
    array.setNumbers(
        call,
        Shape.scalar(),
        call.argument(0, NumpyDtype.class),
        false,
        call.argument(1, Object.class));
    return array;
  }

  @Override
  public void setState(PickleCall state) throws TensorFileException {
    Shape shape = state.shape(null, state.integers(SHAPE));
    NumpyDtype dtype = state.argument(DTYPE, NumpyDtype.class);
    if (dtype.isObject()) {
      setItems(state, shape);
    } else {
      setNumbers(
          state,
          shape,
          dtype,
          state.argument(FORTRAN_ORDER, Boolean.class),
          state.argument(DATA, Object.class));
    }
  }

  private void setItems(PickleCall state, Shape shape) throws TensorFileException {
    List<?> list = state.argument(DATA, List.class);
    if (list.size() != shape.size()) {
      throw state.failure(
          "an array of shape "
              + shape
              + " with "
              + list.size()
              + " objects instead of "
              + shape.size());
    }
    items = shape.rank() == 0 ? list.getFirst() : list;
    numbers = null;
  }

  private void setNumbers(
      PickleCall call, Shape shape, NumpyDtype dtype, boolean fortranOrder, Object data)
      throws TensorFileException {
    NpyType type = dtype.numbers(call);
    ElementBytes bytes = source.of(call, data);
    long needed = shape.size() * type.dtype().byteSize();
    if (bytes.size() != needed) {
      throw call.failure(
          type.dtype()
              + ""
              + shape
              + " takes "
              + needed
              + " bytes, "
              + bytes.size()
              + " are there");
    }
    numbers = new Numbers(shape, type, fortranOrder, bytes);
    items = null;
  }

  /** The objects in an array of objects; a single one where there are no axes. */
  @Override
  public Optional<Object> content() {
    return Optional.ofNullable(items);
  }

  /**
   * The array under its name.
   *
   * @param file lends memory to elements of the other byte order
   * @param budget that memory is taken from it: many arrays may share the same bytes
   * @throws TensorFileException if the array was never given its state, or takes too much memory
   */
  TensorEntry toEntry(String name, MappedFile file, MemoryBudget budget)
      throws TensorFileException {
    Numbers array = numbers;
    if (array == null) {
      throw file.as(NumpyObjects.FORMAT).failure(name, 0, "the array has no elements");
    }
    if (array.type().order() == ByteOrder.BIG_ENDIAN) {
      budget.take(file.as(NumpyObjects.FORMAT), name, 0, array.bytes().size());
    }
    Shape shape = array.shape();
    return new TensorEntry(
        name,
        array.type().dtype(),
        shape,
        array.fortranOrder() ? shape.columnMajorStrides() : shape.rowMajorStrides(),
        array.bytes().fileOffset(),
        array.type().littleEndian(array.bytes().content(), array.bytes().size(), file));
  }
}
