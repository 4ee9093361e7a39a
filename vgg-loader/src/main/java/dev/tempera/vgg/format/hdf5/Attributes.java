package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.hdf5.ObjectHeader.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of objects that are text or lists of text. */
final class Attributes {
  private static final long LONGEST_TEXT = 4 << 20;
  private static final int LONGEST_LIST = 1 << 16;
  private static final int HEAP_HEAD = 16;
  private static final int HEAP_REFERENCE = 16;
  private static final int SHARED_PARTS = 3;

  private final Hdf5Bytes file;
  private final MemoryBudget budget;
  private final Map<Long, Map<Integer, FileBytes>> heaps = new HashMap<>();

  /** The attributes of one file's objects. */
  Attributes(Hdf5Bytes file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  /**
   * The text attributes of an object, by name, lists joined by newlines.
   *
   * @throws TensorFileException if one is damaged or longer than 4 MiB
   */
  Map<String, String> read(ObjectHeader header) throws TensorFileException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Message message : header.messages()) {
      if (message.type() == Message.ATTRIBUTE) {
        readAttribute(message.ownBody(), texts);
      }
    }
    return texts;
  }

  private void readAttribute(FileBytes body, Map<String, String> texts) throws TensorFileException {
    int version = body.uint8(0);
    if (version < 1 || version > 3) {
      throw body.failure(0, "an attribute of version " + version);
    }
    if (version > 1 && (body.uint8(1) & SHARED_PARTS) != 0) {
      return;
    }
    int nameSize = body.uint16(2);
    int typeSize = body.uint16(4);
    int spaceSize = body.uint16(6);
    long nameAt = version == 3 ? 9 : 8;
    long typeAt = nameAt + padded(nameSize, version);
    long spaceAt = typeAt + padded(typeSize, version);
    long dataAt = spaceAt + padded(spaceSize, version);
    budget.take(body, 2L * nameSize);
    FileBytes nameBytes = body.slice(nameAt, nameSize, "an attribute's name");
    String name = Hdf5Bytes.zeroTerminated(nameBytes, 0, "an attribute's name");
    Datatype type = Datatype.read(body.slice(typeAt, typeSize, "an attribute's type"));
    if (!type.kind().isText()) {
      return;
    }
    boolean inHeap = type.kind() == Datatype.Kind.HEAP_TEXT;
    char filler = type.kind() == Datatype.Kind.SPACED_TEXT ? ' ' : 0;
    FileBytes space = body.slice(spaceAt, spaceSize, "an attribute's axis lengths");
    long count = space.shape(null, 0, Dataspace.read(space)).size();
    long size = inHeap ? HEAP_REFERENCE : type.size();
    if (count > LONGEST_LIST || count * size > LONGEST_TEXT) {
      throw body.failure(
          spaceAt,
          "attribute '"
              + TensorFileException.printable(name)
              + "' of "
              + count
              + " texts of "
              + size
              + " bytes");
    }
    FileBytes data = body.slice(dataAt, count * size, "an attribute's text");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FileBytes element = data.slice(i * size, size, "text");
      FileBytes text = inHeap ? heapText(element) : element;
      budget.take(text, 64 + 4 * text.size());
      lines.add(trimmed(text, filler));
    }
    budget.takeName(body, name);
    texts.put(name, String.join("\n", lines));
  }

  private static long padded(long size, int version) {
    return version == 1 ? (size + 7) & -8 : size;
  }

  private static String trimmed(FileBytes text, char filler) throws TensorFileException {
    long end = text.size();
    while (end > 0 && text.uint8(end - 1) == filler) {
      end--;
    }
    return text.text(0, end, StandardCharsets.UTF_8, "an attribute");
  }

  private FileBytes heapText(FileBytes reference) throws TensorFileException {
    long length = reference.uint32(0);
    if (length == 0) {
      return reference.slice(0, 0, "text");
    }
    long address = reference.int64(4);
    Map<Integer, FileBytes> heap = heaps.get(address);
    if (heap == null) {
      heap = readHeap(address);
      heaps.put(address, heap);
    }
    @Nullable FileBytes object = heap.get(reference.int32(12));
    if (object == null || length > LONGEST_TEXT) {
      throw reference.failure(0, "text of " + length + " bytes that is not in its heap");
    }
    return object.slice(0, length, "text in a heap");
  }

  private Map<Integer, FileBytes> readHeap(long address) throws TensorFileException {
    FileBytes head = file.structure(address, HEAP_HEAD, "GCOL");
    FileBytes heap = file.at(address, head.int64(8), "a heap of texts");
    Map<Integer, FileBytes> objects = new HashMap<>();
    for (long at = HEAP_HEAD; at + HEAP_HEAD <= heap.size(); ) {
      int index = heap.uint16(at);
      long size = heap.int64(at + 8);
      if (index == 0) {
        break;
      }
      budget.take(heap, 128);
      objects.put(index, heap.slice(at + HEAP_HEAD, size, "text in a heap"));
      at += HEAP_HEAD + ((size + 7) & -8L);
    }
    return objects;
  }
}
