package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.element.ZlibStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Reads MATLAB's MAT files of version 5, in which MatConvNet publishes its nets. Arrays are known
 * by the expressions that give them in MATLAB, such as {@code net.layers{1}.weights{1}}, and have
 * their axis order, the first axis moving fastest. A complex array {@code a} is two tensors, {@code
 * real(a)} and {@code imag(a)}. Text is metadata, and so is what kind of array was not read.
 *
 * @see <a href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">MAT-File Format,
 *     MathWorks</a>
 */
public final class MatFile {
  /** The name of the format. */
  public static final String FORMAT = "MAT v5";

  private static final int HEADER_SIZE = 128;
  private static final int MARK_POSITION = 124;
  private static final byte[] LITTLE_ENDIAN_MARK = {0, 1, 'I', 'M'};
  private static final byte[] BIG_ENDIAN_MARK = {1, 0, 'M', 'I'};
  private static final int TAG_SIZE = 8;
  private static final int STREAM_MEMORY = 3072;

  private final MappedFile file;
  private final MemoryBudget budget;
  private final MatArrays arrays;

  private MatFile(MappedFile file) {
    this.file = file;
    this.budget = new MemoryBudget(file.as(FORMAT));
    this.arrays = new MatArrays(file, budget);
  }

  /** Whether a file starts as MAT files of version 5 do. */
  public static boolean recognises(MappedFile file) {
    FileBytes bytes = file.as(FORMAT);
    return bytes.startsWith(MARK_POSITION, LITTLE_ENDIAN_MARK)
        || bytes.startsWith(MARK_POSITION, BIG_ENDIAN_MARK);
  }

  /**
   * Reads a mapped file, which belongs to the result from then on.
   *
   * @throws TensorFileException if it is damaged
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    FileBytes bytes = file.as(FORMAT);
    if (!recognises(file)) {
      throw bytes.failure(0, "no header of MATLAB 5 with its mark of the byte order at byte 124");
    }
    ByteOrder order =
        bytes.startsWith(MARK_POSITION, LITTLE_ENDIAN_MARK)
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    return new MatFile(file).read(new MatBytes(new StoredBytes(bytes), order));
  }

  private TensorFile read(MatBytes bytes) throws TensorFileException {
    for (long at = HEADER_SIZE; at < bytes.source().size(); ) {
      MatElement element = bytes.element(at, "a variable");
      if (element.type() == MatElement.COMPRESSED) {
        readCompressed(bytes, element);
      } else if (element.type() == MatElement.MATRIX) {
        arrays.addVariable(bytes, element);
      }
      at = element.next();
    }
    return new TensorFile(FORMAT, file, arrays.entries(), arrays.metadata());
  }

  /**
   * Adds the variable in a compressed element; arrays of numbers are inflated when they are read.
   */
  private void readCompressed(MatBytes bytes, MatElement element) throws TensorFileException {
    FileBytes deflated =
        bytes.source().bytes(element.position(), element.size(), "a compressed variable");
    budget.take(deflated, STREAM_MEMORY);
    long length = TAG_SIZE + inflatedSize(deflated, bytes.order());
    if (length > deflated.size() * ZlibStream.MOST_RATIO) {
      throw deflated.failure(
          0,
          "a compressed variable of "
              + length
              + " bytes, and "
              + deflated.size()
              + " deflated bytes cannot hold them");
    }
    try (InflatedBytes inflated = new InflatedBytes(file, deflated, length)) {
      MatBytes variable = new MatBytes(inflated, bytes.order());
      MatElement matrix = variable.element(0, MatElement.MATRIX, "a compressed variable");
      if (MatArray.read(variable.within(matrix), matrix.position()).isRead()) {
        budget.take(deflated, length);
      }
      arrays.addVariable(variable, matrix);
    }
  }

  /** How many bytes a compressed variable says that it has behind its tag. */
  private static long inflatedSize(FileBytes deflated, ByteOrder order) throws TensorFileException {
    MemorySegment tag = MemorySegment.ofArray(new byte[TAG_SIZE]);
    ZlibStream.inflate(deflated, tag);
    MatBytes bytes = new MatBytes(new StoredBytes(deflated.decompressed(tag)), order);
    return bytes.int32(4) & 0xFFFF_FFFFL;
  }
}
