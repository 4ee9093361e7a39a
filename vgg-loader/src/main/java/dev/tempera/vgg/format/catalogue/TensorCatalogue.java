package dev.tempera.vgg.format.catalogue;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tensors and texts of a file as its reader finds them, in their order. It bounds how many
 * there are and how much memory they take, so that no file makes the program allocate more than a
 * few times its own size.
 */
public final class TensorCatalogue {
  /** The most tensors, and the most texts, that a file may have; VGG nets have fewer than 100. */
  public static final int MOST_ENTRIES = 1 << 12;

  private static final int TEXT_MEMORY = 256;

  private final String format;
  private final MappedFile file;
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final MemoryBudget budget;

  /** An empty catalogue of a file that is read as some format. */
  public TensorCatalogue(String format, MappedFile file) {
    this.format = format;
    this.file = file;
    this.budget = new MemoryBudget(bytes());
  }

  /** The memory that reading the file may take; names and texts of the catalogue come out of it. */
  public MemoryBudget budget() {
    return budget;
  }

  /** The whole file, whose faults are reported under the format's name. */
  public FileBytes bytes() {
    return file.as(format);
  }

  /**
   * Adds a tensor.
   *
   * @throws TensorFileException if there is one of that name, or there are too many, or they take
   *     too much memory
   */
  public void add(TensorEntry tensor) throws TensorFileException {
    if (tensors.size() == MOST_ENTRIES) {
      throw failure(tensor, "there are more than " + MOST_ENTRIES + " tensors");
    }
    if (tensors.putIfAbsent(tensor.name(), tensor) != null) {
      throw failure(tensor, "there are two tensors of this name");
    }
    budget.takeName(bytes(), tensor.name());
  }

  /**
   * Adds a text, unless there is one of that name or there are too many.
   *
   * @throws TensorFileException if texts take too much memory
   */
  public void note(String name, String text) throws TensorFileException {
    if (texts.size() < MOST_ENTRIES && texts.putIfAbsent(name, text) == null) {
      budget.take(bytes(), TEXT_MEMORY + 4L * name.length());
    }
  }

  /**
   * Content that is made from the file's bytes when it is asked for, in memory that lives as long
   * as the file is open.
   *
   * @param tensor the tensor's name, for the error, or null where it has none
   * @param position where its elements lie in the file
   * @param byteSize how much memory they take
   * @throws TensorFileException if they take more memory than is left
   */
  public TensorEntry.Content unpacked(
      @Nullable String tensor, long position, long byteSize, MappedFile.Filler filler)
      throws TensorFileException {
    budget.take(bytes(), tensor, position, byteSize);
    return file.filled(byteSize, filler);
  }

  /** The file with everything that was added; the mapped file belongs to it from then on. */
  public TensorFile toFile() {
    return new TensorFile(format, file, tensors, texts);
  }

  private TensorFileException failure(TensorEntry tensor, String problem) {
    return bytes().failure(tensor.name(), tensor.byteOffset(), problem);
  }
}
