package dev.tempera.vgg.format.hdf5;

import dev.tempera.data.Shape;
import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ElementType;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the tensors and texts of a file, and is what all ways to name them share. */
final class ObjectWalk {
  private static final int DEEPEST = 64;

  private final Hdf5Bytes file;
  private final MappedFile mapped;
  private final MemoryBudget budget;
  private final Attributes attributes;
  private final Dataset.Reader datasets;
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  ObjectWalk(Hdf5Bytes file, MappedFile mapped, MemoryBudget budget) {
    this.file = file;
    this.mapped = mapped;
    this.budget = budget;
    this.attributes = new Attributes(file, budget);
    this.datasets = new Dataset.Reader(file, mapped, budget);
  }

  Map<String, TensorEntry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The header of an object that is known under a path.
   *
   * @param depth how many objects it lies in
   * @throws TensorFileException if it is damaged, or lies deeper than 64
   */
  ObjectHeader header(long address, String path, int depth) throws TensorFileException {
    FileBytes at = file.at(address, 1, "an object header");
    budget.takeName(at, path);
    if (depth > DEEPEST) {
      throw at.failure(0, "groups in groups, more than " + DEEPEST + " deep");
    }
    return ObjectHeader.read(file, address, budget);
  }

  /** The text attributes of an object. */
  Map<String, String> attributes(ObjectHeader header) throws TensorFileException {
    return attributes.read(header);
  }

  /** What a group links to. */
  Map<String, Long> links(ObjectHeader group) throws TensorFileException {
    return Group.links(file, group, budget);
  }

  /** The dataset that a header describes. */
  Dataset dataset(ObjectHeader header) throws TensorFileException {
    return datasets.read(header);
  }

  /** Takes memory for text that is read from some bytes. */
  void takeText(FileBytes at, long byteSize) throws TensorFileException {
    budget.take(at, 4 * byteSize);
  }

  /**
   * Adds a line of metadata.
   *
   * @throws TensorFileException if there is too much of it
   */
  void addText(String path, String text) throws TensorFileException {
    budget.takeName(file.file(), path);
    metadata.put(path, text);
  }

  /**
   * Adds numbers as a tensor.
   *
   * @param type how a number is stored
   * @param lengths the axis lengths of the tensor
   * @param columnMajor whether the tensor's first axis moves fastest, or its last
   * @throws TensorFileException if there is no such shape, or the name is taken
   */
  void addTensor(
      String path, Dataset dataset, ElementType type, List<Long> lengths, boolean columnMajor)
      throws TensorFileException {
    Shape shape = dataset.place().shape(path, 0, lengths);
    if (!type.isInPlace()) {
      budget.take(dataset.place(), shape.size() * type.dtype().byteSize());
    }
    TensorEntry entry =
        new TensorEntry(
            path,
            type.dtype(),
            shape,
            columnMajor ? shape.columnMajorStrides() : shape.rowMajorStrides(),
            dataset.place().fileOffset(0),
            type.elements(mapped, dataset.content(), shape.size()));
    if (entries.put(path, entry) != null) {
      throw dataset.place().failure(path, 0, "two datasets have this name");
    }
  }
}
