package dev.tempera.vgg.format.hdf5;

import dev.tempera.data.DType;
import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Knows the arrays of a MAT file of version 7.3 by the expressions that give them in MATLAB, such
 * as {@code layers{1}.weights{1}}. Structures are groups, and cells are references to objects in
 * the group {@code #refs#}. The axes of a dataset are those of MATLAB in reverse, so that the first
 * axis of the tensor moves fastest.
 */
final class MatlabNames {
  private static final String CLASS = "MATLAB_class";
  private static final byte[] EMPTY_MARK = "MATLAB_empty\0".getBytes(StandardCharsets.US_ASCII);
  private static final ValueLayout.OfLong ADDRESS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ObjectWalk walk;

  private MatlabNames(ObjectWalk walk) {
    this.walk = walk;
  }

  /**
   * Collects all variables.
   *
   * @throws TensorFileException if the file is damaged
   */
  static void collect(ObjectWalk walk, long root) throws TensorFileException {
    MatlabNames names = new MatlabNames(walk);
    ObjectHeader header = walk.header(root, "", 0);
    for (Map.Entry<String, Long> variable : walk.links(header).entrySet()) {
      if (!variable.getKey().startsWith("#")) {
        names.add(variable.getValue(), variable.getKey(), 1);
      }
    }
  }

  private void add(long address, String path, int depth) throws TensorFileException {
    ObjectHeader header = walk.header(address, path, depth);
    if (!header.isDataset()) {
      for (Map.Entry<String, Long> field : walk.links(header).entrySet()) {
        addField(field.getValue(), path, field.getKey(), depth + 1);
      }
      return;
    }
    String kind = walk.attributes(header).getOrDefault(CLASS, "");
    Dataset dataset = walk.dataset(header);
    if (dataset.type().kind() == Datatype.Kind.OBJECT_REFERENCE) {
      MemorySegment references = dataset.content().read();
      for (long i = 0; i < count(dataset); i++) {
        add(references.get(ADDRESS, i * Long.BYTES), path + "{" + (i + 1) + "}", depth + 1);
      }
    } else {
      addArray(header, dataset, kind, path);
    }
  }

  /** Adds a field: its value, or, in an array of structures, references to one value for each. */
  private void addField(long address, String owner, String field, int depth)
      throws TensorFileException {
    ObjectHeader header = walk.header(address, owner, depth);
    if (header.isDataset() && !walk.attributes(header).containsKey(CLASS)) {
      Dataset dataset = walk.dataset(header);
      if (dataset.type().kind() == Datatype.Kind.OBJECT_REFERENCE) {
        MemorySegment references = dataset.content().read();
        for (long i = 0; i < count(dataset); i++) {
          String element = owner + "(" + (i + 1) + ")." + field;
          add(references.get(ADDRESS, i * Long.BYTES), element, depth + 1);
        }
        return;
      }
    }
    add(address, owner + "." + field, depth);
  }

  private void addArray(ObjectHeader header, Dataset dataset, String kind, String path)
      throws TensorFileException {
    ElementType type = dataset.type().element();
    if (isMarkedEmpty(header)) {
      return;
    }
    if (type == null) {
      walk.addText(path, "a dataset of " + dataset.type().size() + "-byte elements, not read");
    } else if (kind.equals("char") && type.storedSize() == Short.BYTES) {
      walk.addText(path, text(dataset, type.order()));
    } else {
      boolean logical = kind.equals("logical") && type.dtype() == DType.UINT8;
      ElementType stored = logical ? new ElementType(DType.BOOL, 1, type.order()) : type;
      walk.addTensor(path, dataset, stored, dataset.lengths().reversed(), true);
    }
  }

  /** Whether an array without elements stands here as its axis lengths. */
  private static boolean isMarkedEmpty(ObjectHeader header) throws TensorFileException {
    for (ObjectHeader.Message message : header.messages()) {
      if (message.type() == ObjectHeader.Message.ATTRIBUTE) {
        FileBytes body = message.body();
        int nameAt = body.uint8(0) == 3 ? 9 : 8;
        if (body.startsWith(nameAt, EMPTY_MARK)) {
          return true;
        }
      }
    }
    return false;
  }

  private String text(Dataset dataset, ByteOrder order) throws TensorFileException {
    ValueLayout.OfShort unit = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    MemorySegment units = dataset.content().read();
    long count = count(dataset);
    walk.takeText(dataset.place(), count * Short.BYTES);
    StringBuilder text = new StringBuilder((int) count);
    for (long i = 0; i < count; i++) {
      text.append((char) units.get(unit, i * Short.BYTES));
    }
    return text.toString();
  }

  private static long count(Dataset dataset) throws TensorFileException {
    List<Long> lengths = dataset.lengths();
    return dataset.place().shape(null, 0, lengths).size();
  }
}
