package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.util.ArrayList;
import java.util.List;

/** Reads the axis lengths of a dataset or attribute, slowest axis first. */
final class Dataspace {
  private static final int MOST_AXES = 32;
  private static final int EMPTY = 2;

  private Dataspace() {}

  /**
   * Reads a dataspace message.
   *
   * @return the axis lengths; one of 0 where there are no elements
   * @throws TensorFileException if it is damaged
   */
  static List<Long> read(FileBytes body) throws TensorFileException {
    int version = body.uint8(0);
    int rank = body.uint8(1);
    if (version < 1 || version > 2 || rank > MOST_AXES) {
      throw body.failure(0, "a dataspace of version " + version + " with " + rank + " axes");
    }
    if (version == 2 && body.uint8(3) == EMPTY) {
      return List.of(0L);
    }
    List<Long> lengths = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      lengths.add(body.int64((version == 1 ? 8 : 4) + 8L * axis));
    }
    return lengths;
  }
}
