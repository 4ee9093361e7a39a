package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import dev.tempera.vgg.format.hdf5.ObjectHeader.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads what a group links to: the addresses of object headers by name. */
final class Group {
  private static final int NODE_HEAD = 24;
  private static final int KEY_SIZE = 8;
  private static final int SYMBOL_SIZE = 40;
  private static final int LONGEST_NAME = 1024;
  private static final int HARD_LINK = 0;

  private final Hdf5Bytes file;
  private final MemoryBudget budget;
  private final Map<String, Long> links = new LinkedHashMap<>();

  private Group(Hdf5Bytes file, MemoryBudget budget) {
    this.file = file;
    this.budget = budget;
  }

  /**
   * The objects that lie in a group, in the file's order; links by path or into other files are
   * left out.
   *
   * @throws TensorFileException if the group is damaged, or its links are kept in a fractal heap
   */
  static Map<String, Long> links(Hdf5Bytes file, ObjectHeader header, MemoryBudget budget)
      throws TensorFileException {
    Group group = new Group(file, budget);
    for (Message message : header.messages()) {
      switch (message.type()) {
        case Message.SYMBOL_TABLE -> group.readTable(message.ownBody());
        case Message.LINK -> group.readLink(message.ownBody());
        case Message.LINK_INFO -> requireNoHeap(message.ownBody());
        default -> {}
      }
    }
    return group.links;
  }

  private static void requireNoHeap(FileBytes info) throws TensorFileException {
    long at = (info.uint8(1) & 1) != 0 ? 10 : 2;
    if (info.int64(at) != Hdf5Bytes.UNDEFINED) {
      throw info.failure(
          at,
          "a group that keeps its links in a heap, which is not read: rewrite it with h5repack");
    }
  }

  private void readLink(FileBytes link) throws TensorFileException {
    int flags = link.uint8(1);
    long at = 2;
    int type = HARD_LINK;
    if ((flags & 8) != 0) {
      type = link.uint8(at++);
    }
    at += (flags & 4) != 0 ? 8 : 0;
    at += (flags & 0x10) != 0 ? 1 : 0;
    int width = 1 << (flags & 3);
    long length = ObjectHeader.unsigned(link, at, width);
    at += width;
    if (type == HARD_LINK) {
      String name = link.text(at, length, StandardCharsets.UTF_8, "the name of a link");
      add(link, name, link.int64(at + length));
    }
  }

  private void readTable(FileBytes message) throws TensorFileException {
    FileBytes heap = file.structure(message.int64(8), 32, "HEAP");
    FileBytes names = file.at(heap.int64(24), heap.int64(8), "the names of a group");
    readNode(message.int64(0), -1, names, new HashSet<>());
  }

  private void readNode(long address, int parentLevel, FileBytes names, Set<Long> seen)
      throws TensorFileException {
    FileBytes head = file.structure(address, NODE_HEAD, "TREE");
    int level = head.uint8(5);
    int count = head.uint16(6);
    if (head.uint8(4) != 0 || (parentLevel >= 0 && level != parentLevel - 1)) {
      throw head.failure(4, "a node of another tree, or of level " + level + " in another place");
    }
    if (!seen.add(address)) {
      throw head.failure(0, "a tree of names that has a node twice");
    }
    FileBytes keys = file.at(address + NODE_HEAD, (long) count * (KEY_SIZE + 8), "a tree of names");
    for (int i = 0; i < count; i++) {
      long child = keys.int64((long) i * (KEY_SIZE + 8) + KEY_SIZE);
      if (level > 0) {
        readNode(child, level, names, seen);
      } else if (seen.add(child)) {
        readSymbols(child, names);
      } else {
        throw keys.failure(0, "a tree of names that has a node twice");
      }
    }
  }

  private void readSymbols(long address, FileBytes names) throws TensorFileException {
    FileBytes head = file.structure(address, 8, "SNOD");
    int count = head.uint16(6);
    FileBytes symbols = file.at(address + 8, (long) count * SYMBOL_SIZE, "the symbols of a group");
    for (int i = 0; i < count; i++) {
      long at = (long) i * SYMBOL_SIZE;
      long start = symbols.int64(at);
      long length = Math.min(names.size() - start, LONGEST_NAME);
      FileBytes name = names.slice(start, length, "a name");
      add(symbols, Hdf5Bytes.zeroTerminated(name, 0, "a name"), symbols.int64(at + 8));
    }
  }

  private void add(FileBytes at, String name, long address) throws TensorFileException {
    if (name.isEmpty() || name.length() >= LONGEST_NAME) {
      throw at.failure(0, "a link with a name of " + name.length() + " characters");
    }
    budget.takeName(at, name);
    if (address != Hdf5Bytes.UNDEFINED) {
      links.put(name, address);
    }
  }
}
