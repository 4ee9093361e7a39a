package dev.tempera.io.npy;

import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads {@code .npy} files: one array, in row-major or Fortran order, of either byte order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format's definition</a>
 */
public final class Npy {
  /** The name of the format. */
  public static final String FORMAT = "npy";

  static final String SUFFIX = ".npy";

  private Npy() {}

  /**
   * The array of a file as a tensor on the current backend, of its stored type.
   *
   * @throws TensorFileException if the file cannot be read or breaks a rule of the format
   */
  public static Tensor load(Path path) throws TensorFileException {
    try (TensorFile file = open(path)) {
      return file.entries().values().iterator().next().toTensor();
    }
  }

  /**
   * Opens a file; its one tensor has the name of the file, without {@code .npy}.
   *
   * @throws TensorFileException if it cannot be read or breaks a rule of the format
   */
  public static TensorFile open(Path path) throws TensorFileException {
    return TensorFile.open(path, Npy::read);
  }

  /** Whether a file starts as {@code .npy} files do. */
  public static boolean recognises(MappedFile file) {
    return NpyHeader.recognises(file.as(FORMAT));
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it breaks a rule of the format
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    NpyHeader header = NpyHeader.read(bytes);
    Path path = file.path().getFileName();
    String name = withoutSuffix(path == null ? "" : path.toString());
    TensorEntry entry = entry(file, name, header, bytes, bytes.size(), bytes::segment);
    return new TensorFile(FORMAT, file, Map.of(name, entry), Map.of());
  }

  static String withoutSuffix(String name) {
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /**
   * The tensor that a header describes.
   *
   * @param file lends memory to elements of the other byte order
   * @param bytes where the array lies, for errors
   * @param size of the array with its header, in bytes
   * @param content gives those bytes
   */
  static TensorEntry entry(
      MappedFile file,
      String name,
      NpyHeader header,
      FileBytes bytes,
      long size,
      TensorEntry.Content content)
      throws TensorFileException {
    NpyType type = header.type();
    Shape shape = header.shape();
    long needed = shape.size() * type.dtype().byteSize();
    long start = header.dataStart();
    if (size - start != needed) {
      throw bytes.failure(
          name,
          start,
          type.dtype() + "" + shape + " takes " + needed + " bytes, " + (size - start) + " follow");
    }
    long[] strides = header.fortranOrder() ? shape.columnMajorStrides() : shape.rowMajorStrides();
    TensorEntry.Content elements = () -> content.read().asSlice(start, needed);
    return new TensorEntry(
        name,
        type.dtype(),
        shape,
        strides,
        bytes.fileOffset(start),
        type.littleEndian(elements, needed, file));
  }
}
