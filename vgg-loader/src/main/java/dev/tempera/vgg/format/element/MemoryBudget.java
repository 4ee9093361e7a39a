package dev.tempera.vgg.format.element;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import org.jspecify.annotations.Nullable;

/**
 * The memory that reading a file may take: four times its size, and a little more for small files.
 * Whatever a file asks for is taken from the budget before it is allocated.
 */
public final class MemoryBudget {
  private static final int MOST_MEMORY = 4;
  private static final long ALLOWANCE = 8 << 20;
  private static final int RECORD_SIZE = 1024;

  private final FileBytes file;
  private long left;

  /** The budget of a whole file. */
  public MemoryBudget(FileBytes file) {
    this.file = file;
    this.left = file.size() * MOST_MEMORY + ALLOWANCE;
  }

  /**
   * Takes memory for contents that cannot be used where they lie.
   *
   * @param at the stretch of the file that asks for it, for the error
   * @throws TensorFileException if less is left
   */
  public void take(FileBytes at, long byteSize) throws TensorFileException {
    take(at, null, 0, byteSize);
  }

  /**
   * Takes memory for what is made of the bytes at a position.
   *
   * @param at a stretch of the file, for the error
   * @param tensor the tensor that it is for, for the error, or null where it is for none
   * @param position the place in the stretch that asks for it, for the error
   * @throws TensorFileException if less is left
   */
  public void take(FileBytes at, @Nullable String tensor, long position, long byteSize)
      throws TensorFileException {
    if (byteSize < 0 || byteSize > left) {
      throw at.failure(
          tensor,
          position,
          "takes "
              + Long.toUnsignedString(byteSize)
              + " bytes of memory, more than are allowed for a file of "
              + file.size());
    }
    left -= byteSize;
  }

  /**
   * Takes memory for what is known under a name.
   *
   * @throws TensorFileException if less is left
   */
  public void takeName(FileBytes at, String name) throws TensorFileException {
    take(at, RECORD_SIZE + 4L * name.length());
  }
}
