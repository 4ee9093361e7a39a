package dev.tempera.vgg.format.mat;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ElementType;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the arrays of a file, walking into cells and structures. */
final class MatArrays {
  private static final int DEEPEST = 32;
  private static final int LONGEST_FIELD = 64;
  private static final int HEAD_MEMORY = 512;
  private static final long MEMBER_MEMORY = 64;

  private final MappedFile file;
  private final MemoryBudget budget;
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /**
   * No arrays yet.
   *
   * @param file lends memory to numbers that cannot be used where they lie
   * @param budget what is collected is taken from it
   */
  MatArrays(MappedFile file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  Map<String, TensorEntry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Adds a variable and everything in it. Those without a name are MATLAB's own.
   *
   * @throws TensorFileException if it is damaged, or nested more than 32 deep
   */
  void addVariable(MatBytes bytes, MatElement matrix) throws TensorFileException {
    budget.take(bytes.place(matrix.position()), HEAD_MEMORY);
    MatBytes content = bytes.within(matrix);
    MatArray array = MatArray.read(content, matrix.position());
    if (!array.name().isEmpty()) {
      add(content, matrix, array, array.name(), 0);
    }
  }

  private void add(MatBytes bytes, MatElement matrix, MatArray array, String path, int depth)
      throws TensorFileException {
    budget.takeName(bytes.place(matrix.position()), path);
    if (depth > DEEPEST) {
      throw bytes.failure(matrix.position(), "arrays in arrays, more than " + DEEPEST + " deep");
    }
    if (array.isNumeric()) {
      addNumbers(bytes, array, path);
    } else {
      switch (array.arrayClass()) {
        case MatArray.CELL -> addCells(bytes, array, path, depth);
        case MatArray.STRUCT -> addFields(bytes, array, array.content(), path, depth);
        case MatArray.OBJECT -> {
          MatElement className = bytes.element(array.content(), "the name of a class");
          addFields(bytes, array, className.next(), path, depth);
        }
        case MatArray.CHAR -> addText(bytes, array, path);
        default -> metadata.put(path, array.description());
      }
    }
  }

  private void addCells(MatBytes bytes, MatArray array, String path, int depth)
      throws TensorFileException {
    budget.take(bytes.place(array.content()), array.count() * MEMBER_MEMORY);
    long at = array.content();
    for (long cell = 1; cell <= array.count(); cell++) {
      MatElement member = member(bytes, at);
      if (member.size() > 0) {
        addMember(bytes, member, path + "{" + cell + "}", depth);
      }
      at = member.next();
    }
  }

  private static MatElement member(MatBytes bytes, long position) throws TensorFileException {
    return bytes.element(position, MatElement.MATRIX, "an array in an array");
  }

  private void addMember(MatBytes bytes, MatElement member, String path, int depth)
      throws TensorFileException {
    MatBytes content = bytes.within(member);
    add(content, member, MatArray.read(content, member.position()), path, depth + 1);
  }

  private void addFields(MatBytes bytes, MatArray array, long start, String path, int depth)
      throws TensorFileException {
    MatElement nameLength = bytes.element(start, MatElement.INT32, "the length of field names");
    MatElement names = bytes.element(nameLength.next(), MatElement.INT8, "field names");
    int length = nameLength.size() == 4 ? bytes.int32(nameLength.position()) : 0;
    if (length < 1 || length > LONGEST_FIELD || names.size() % length != 0) {
      throw bytes.failure(
          names.position(),
          "field names of " + length + " bytes each in " + names.size() + " bytes");
    }
    List<String> fields = new ArrayList<>();
    for (long at = 0; at < names.size(); at += length) {
      String padded =
          bytes.text(names.position() + at, length, StandardCharsets.ISO_8859_1, "a field name");
      int end = padded.indexOf('\0');
      budget.takeName(bytes.place(names.position()), padded);
      fields.add(end < 0 ? padded : padded.substring(0, end));
    }
    long at = names.next();
    long count = fields.isEmpty() ? 0 : array.count();
    budget.take(bytes.place(at), count * fields.size() * MEMBER_MEMORY);
    for (long element = 1; element <= count; element++) {
      for (String field : fields) {
        MatElement member = member(bytes, at);
        if (member.size() > 0) {
          String place = array.count() == 1 ? "." : "(" + element + ").";
          addMember(bytes, member, path + place + field, depth);
        }
        at = member.next();
      }
    }
  }

  /** Adds text as metadata, the rows of a matrix as lines. */
  private void addText(MatBytes bytes, MatArray array, String path) throws TensorFileException {
    MatElement element = bytes.element(array.content(), "text");
    budget.take(bytes.place(element.position()), element.size() * 4);
    String text = bytes.text(element, "text");
    long rows = array.lengths().isEmpty() ? 1 : array.lengths().get(0);
    if (rows > 1 && rows < text.length() && text.length() % rows == 0) {
      StringBuilder lines = new StringBuilder(text.length() + (int) rows);
      for (int row = 0; row < rows; row++) {
        if (row > 0) {
          lines.append('\n');
        }
        for (int at = row; at < text.length(); at += (int) rows) {
          lines.append(text.charAt(at));
        }
      }
      text = lines.toString();
    }
    metadata.put(path, text);
  }

  private void addNumbers(MatBytes bytes, MatArray array, String path) throws TensorFileException {
    MatElement real = bytes.element(array.content(), "the numbers of an array");
    if (array.complex()) {
      addTensor(bytes, array, real, "real(" + path + ")");
      MatElement imaginary = bytes.element(real.next(), "the imaginary parts of an array");
      addTensor(bytes, array, imaginary, "imag(" + path + ")");
    } else {
      addTensor(bytes, array, real, path);
    }
  }

  private void addTensor(MatBytes bytes, MatArray array, MatElement element, String path)
      throws TensorFileException {
    ElementType type = elementType(bytes, array, element);
    if (type == null) {
      metadata.put(path, "numbers of data type " + element.type() + ", not read");
      return;
    }
    FileBytes place = bytes.place(element.position());
    Shape shape = place.shape(path, 0, array.lengths());
    long needed = shape.size() * type.storedSize();
    if (needed != element.size()) {
      throw place.failure(
          path,
          0,
          shape
              + " of "
              + type.storedSize()
              + " bytes each takes "
              + needed
              + " bytes, the array has "
              + element.size());
    }
    if (!type.isInPlace()) {
      budget.take(place, shape.size() * type.dtype().byteSize());
    }
    TensorEntry entry =
        new TensorEntry(
            path,
            type.dtype(),
            shape,
            shape.columnMajorStrides(),
            place.fileOffset(0),
            type.elements(file, bytes.contentOf(element), shape.size()));
    if (entries.put(path, entry) != null) {
      throw place.failure(path, 0, "two arrays have this name");
    }
  }

  private static @Nullable ElementType elementType(
      MatBytes bytes, MatArray array, MatElement element) {
    if (array.logical() && element.type() == MatElement.UINT8) {
      return new ElementType(DType.BOOL, 1, bytes.order());
    }
    return switch (element.type()) {
      case MatElement.INT8 -> ElementType.signed(1, bytes.order());
      case MatElement.UINT8 -> ElementType.unsigned(1, bytes.order());
      case MatElement.INT16 -> ElementType.signed(2, bytes.order());
      case MatElement.UINT16 -> ElementType.unsigned(2, bytes.order());
      case MatElement.INT32 -> ElementType.signed(4, bytes.order());
      case MatElement.UINT32 -> ElementType.unsigned(4, bytes.order());
      case MatElement.SINGLE -> ElementType.floating(4, bytes.order());
      case MatElement.DOUBLE -> ElementType.floating(8, bytes.order());
      case MatElement.INT64 -> ElementType.signed(8, bytes.order());
      default -> null;
    };
  }
}
