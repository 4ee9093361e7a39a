package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.element.Zlib;
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
  private static final int HEAD_SIZE = 1024;

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
    return new MatFile(file).read(new MatBytes(bytes, bytes.size(), order, bytes::segment));
  }

  private TensorFile read(MatBytes bytes) throws TensorFileException {
    for (long at = HEADER_SIZE; at < bytes.size(); ) {
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

  /** Adds the variable in a compressed element; an array of numbers is inflated when it is read. */
  private void readCompressed(MatBytes bytes, MatElement element) throws TensorFileException {
    FileBytes deflated =
        bytes.file().slice(element.position(), element.size(), "a compressed variable");
    budget.take(deflated, HEAD_SIZE);
    MatBytes tag = inflated(deflated, TAG_SIZE, TAG_SIZE, bytes.order());
    long length = TAG_SIZE + (tag.int32(4) & 0xFFFF_FFFFL);
    if (length > deflated.size() * Zlib.MOST_RATIO) {
      throw deflated.failure(
          0,
          "a compressed variable of "
              + length
              + " bytes, and "
              + deflated.size()
              + " deflated bytes cannot hold them");
    }
    MatBytes head = inflated(deflated, Math.min(length, HEAD_SIZE), length, bytes.order());
    MatElement matrix = head.element(0, MatElement.MATRIX, "a compressed variable");
    MatArray array = MatArray.read(head, matrix);
    if (array.isNumeric() && !array.complex()) {
      budget.take(deflated, length);
      arrays.addVariable(head, matrix);
    } else if (array.isNumeric() || array.arrayClass() < MatArray.SPARSE) {
      budget.take(deflated, length);
      arrays.addVariable(inflated(deflated, length, length, bytes.order()), matrix);
    } else {
      arrays.addVariable(head, matrix);
    }
  }

  /** The first bytes that a compressed element inflates to, now, and all of them when read. */
  private MatBytes inflated(FileBytes deflated, long now, long size, ByteOrder order)
      throws TensorFileException {
    MemorySegment start =
        now <= HEAD_SIZE ? MemorySegment.ofArray(new byte[(int) now]) : file.allocate(now);
    Zlib.inflate(deflated, start);
    Content all =
        () -> {
          if (now == size) {
            return start;
          }
          MemorySegment target = file.allocate(size);
          Zlib.inflate(deflated, target);
          return target;
        };
    return new MatBytes(deflated.decompressed(start), size, order, all.cached());
  }
}
