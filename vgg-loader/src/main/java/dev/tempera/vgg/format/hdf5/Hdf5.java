package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.nio.charset.StandardCharsets;

/**
 * Reads HDF5 files: weights of Keras 2 ({@code .h5}) and Keras 3 ({@code .weights.h5}), and
 * MATLAB's files of version 7.3. Datasets are known by their paths without the first slash, those
 * of MATLAB by their expressions, as in {@link dev.tempera.vgg.format.mat.MatFile}. Metadata has
 * text attributes under path, {@code @} and name. Contiguous datasets stay where they lie; chunked
 * ones are put together when they are read.
 *
 * <p>Groups that keep their links in a fractal heap, and chunks that are found by other means than
 * a B-tree of version 1, are refused, and attributes in a fractal heap are left out; neither Keras
 * nor MATLAB writes any of them.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">HDF5 File
 *     Format Specification, version 3.0</a>
 */
public final class Hdf5 {
  /** The name of the format. */
  public static final String FORMAT = "HDF5";

  private static final byte[] MATLAB = "MATLAB 7.3 MAT-file".getBytes(StandardCharsets.US_ASCII);

  private Hdf5() {}

  /** Whether a file has an HDF5 superblock where one may be. */
  public static boolean recognises(MappedFile file) {
    return Hdf5Bytes.findSuperblock(file.as(FORMAT)) >= 0;
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is damaged
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    ObjectWalk walk = walk(file, bytes, new MemoryBudget(bytes));
    return new TensorFile(FORMAT, file, walk.entries(), walk.metadata());
  }

  /** Walks an HDF5 file that is a mapped file or lies in one. */
  static ObjectWalk walk(MappedFile file, FileBytes bytes, MemoryBudget budget)
      throws TensorFileException {
    Hdf5Bytes structure = Hdf5Bytes.open(bytes);
    ObjectWalk walk = new ObjectWalk(structure, file, budget);
    if (bytes.startsWith(0, MATLAB)) {
      MatlabNames.collect(walk, structure.rootHeader());
    } else {
      PathNames.collect(walk, structure.rootHeader());
    }
    return walk;
  }
}
