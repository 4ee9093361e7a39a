package dev.tempera.io.npy;

import dev.tempera.data.Shape;
import dev.tempera.io.AtomicFile;
import dev.tempera.io.MemoryWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes {@code .npy} files, version 1, little-endian; a tensor whose first axis moves fastest is
 * written in Fortran order, any other row-major. bfloat16 is written as {@code <V2}, as {@code
 * ml_dtypes} does: {@code numpy.load(path).view(ml_dtypes.bfloat16)} gives it back.
 */
public final class NpyWriter {
  private NpyWriter() {}

  /**
   * Writes a tensor in its type, whole or not at all.
   *
   * @param path where; an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, Tensor tensor) throws IOException {
    write(path, TensorEntry.of(Npy.FORMAT, tensor));
  }

  /**
   * Writes a tensor of another file in its type, whole or not at all.
   *
   * @param path where; an existing file is replaced
   * @throws IOException if the tensor cannot be read or the file cannot be written
   */
  public static void write(Path path, TensorEntry tensor) throws IOException {
    AtomicFile.write(
        path,
        channel -> {
          try (Arena arena = Arena.ofConfined()) {
            for (MemorySegment part : parts(tensor, arena)) {
              MemoryWriter.write(part, channel);
            }
          }
        });
  }

  /** The header and the elements, one after the other. */
  static MemorySegment[] parts(TensorEntry tensor, Arena arena) throws IOException {
    Shape shape = tensor.shape();
    boolean fortranOrder =
        !tensor.isDense() && Arrays.equals(tensor.strides(), shape.columnMajorStrides());
    byte[] header = NpyHeader.write(NpyType.codeOf(tensor.dtype()), fortranOrder, shape);
    MemorySegment elements = fortranOrder ? tensor.bytes() : tensor.toRowMajor(arena);
    return new MemorySegment[] {MemorySegment.ofArray(header), elements};
  }
}
