package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;

/**
 * The chunks that a dataset is stored in: equal blocks of its index space, each filtered alone and
 * found by a B-tree of version 1.
 */
final class Chunks {
  private static final int NODE_HEAD = 24;

  private final Hdf5Bytes file;
  private final long[] lengths;
  private final long[] chunkLengths;
  private final int width;
  private final Filters filters;

  /**
   * The chunks of a dataset.
   *
   * @param lengths the axis lengths of the dataset
   * @param chunkLengths the axis lengths of a chunk, none 0
   * @param width bytes of an element
   */
  Chunks(Hdf5Bytes file, long[] lengths, long[] chunkLengths, int width, Filters filters) {
    this.file = file;
    this.lengths = lengths;
    this.chunkLengths = chunkLengths;
    this.width = width;
    this.filters = filters;
  }

  /**
   * Assembles the dataset from the chunks in a tree; what no chunk covers stays zero.
   *
   * @param root the address of the tree
   * @param target takes the elements in row-major order
   * @throws TensorFileException if the tree or a chunk is damaged
   */
  void readTree(long root, MemorySegment target) throws TensorFileException {
    if (root != Hdf5Bytes.UNDEFINED) {
      readNode(root, -1, new HashSet<>(), new HashSet<>(), target);
    }
  }

  private void readNode(
      long address, int parentLevel, Set<Long> nodes, Set<Long> places, MemorySegment target)
      throws TensorFileException {
    FileBytes head = file.structure(address, NODE_HEAD, "TREE");
    int level = head.uint8(5);
    int count = head.uint16(6);
    if (head.uint8(4) != 1 || (parentLevel >= 0 && level != parentLevel - 1)) {
      throw head.failure(4, "a node of another tree, or of level " + level + " in another place");
    }
    if (!nodes.add(address)) {
      throw head.failure(0, "a tree of chunks that has a node twice");
    }
    int keySize = 8 + 8 * (lengths.length + 1);
    FileBytes keys = file.at(address + NODE_HEAD, (long) count * (keySize + 8), "a tree of chunks");
    for (int i = 0; i < count; i++) {
      long at = (long) i * (keySize + 8);
      long child = keys.int64(at + keySize);
      if (level > 0) {
        readNode(child, level, nodes, places, target);
        continue;
      }
      long[] start = new long[lengths.length];
      long place = 0;
      for (int axis = 0; axis < start.length; axis++) {
        start[axis] = keys.int64(at + 8 + 8L * axis);
        if (start[axis] < 0
            || start[axis] >= lengths[axis]
            || start[axis] % chunkLengths[axis] != 0) {
          throw keys.failure(
              at + 8 + 8L * axis, "a chunk starts at " + start[axis] + " of axis " + axis);
        }
        place = place * lengths[axis] + start[axis];
      }
      if (!places.add(place)) {
        throw keys.failure(at, "two chunks start at one place");
      }
      readChunk(file.at(child, keys.uint32(at), "a chunk"), keys.uint32(at + 4), start, target);
    }
  }

  /**
   * Copies one chunk to its place.
   *
   * @param stored the chunk as it lies in the file
   * @param mask the filters that were left out
   * @param start the index of its first element
   * @throws TensorFileException if it is damaged
   */
  void readChunk(FileBytes stored, long mask, long[] start, MemorySegment target)
      throws TensorFileException {
    long elements = 1;
    for (long length : chunkLengths) {
      elements *= length;
    }
    try (Arena arena = Arena.ofConfined()) {
      copy(filters.undo(stored, mask, elements * width, arena), start, target);
    }
  }

  /** Copies the part of a chunk that lies within the dataset, row by row. */
  private void copy(MemorySegment chunk, long[] start, MemorySegment target) {
    int last = lengths.length - 1;
    long[] index = new long[lengths.length];
    long rowLength = last < 0 ? 1 : Math.min(chunkLengths[last], lengths[last] - start[last]);
    while (true) {
      long from = 0;
      long to = 0;
      for (int axis = 0; axis <= last; axis++) {
        from = from * chunkLengths[axis] + index[axis];
        to = to * lengths[axis] + start[axis] + index[axis];
      }
      MemorySegment.copy(chunk, from * width, target, to * width, rowLength * width);
      int axis = last - 1;
      while (axis >= 0
          && ++index[axis] == Math.min(chunkLengths[axis], lengths[axis] - start[axis])) {
        index[axis--] = 0;
      }
      if (axis < 0) {
        return;
      }
    }
  }
}
