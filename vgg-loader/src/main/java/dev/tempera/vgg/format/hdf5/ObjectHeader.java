package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.MemoryBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that describe one object, a group or a dataset.
 *
 * @param address where the header is
 * @param messages the messages of all its blocks
 */
record ObjectHeader(long address, List<Message> messages) {
  private static final int MOST_BLOCKS = 1024;
  private static final int MESSAGE_MEMORY = 256;
  private static final byte[] VERSION_2 = {'O', 'H', 'D', 'R'};
  private static final int CONTINUATION = 0x10;

  /**
   * One message.
   *
   * @param type what it says, one of the constants here
   * @param flags bit 1: its content is shared and lies elsewhere
   * @param body the content
   */
  record Message(int type, int flags, FileBytes body) {
    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0B;
    static final int ATTRIBUTE = 0x0C;
    static final int SYMBOL_TABLE = 0x11;
    private static final int SHARED = 2;

    /** The content, which must lie here. */
    FileBytes ownBody() throws TensorFileException {
      if ((flags & SHARED) != 0) {
        throw body.failure(0, "a shared message of type " + type + ", which is not supported");
      }
      return body;
    }
  }

  /**
   * Reads the header at an address.
   *
   * @param budget what is read is taken from it
   * @throws TensorFileException if it is damaged
   */
  static ObjectHeader read(Hdf5Bytes file, long address, MemoryBudget budget)
      throws TensorFileException {
    FileBytes start = file.at(address, 16, "an object header");
    ObjectHeader header = new ObjectHeader(address, new ArrayList<>());
    Deque<FileBytes> blocks = new ArrayDeque<>();
    if (start.startsWith(0, VERSION_2)) {
      int flags = start.uint8(5);
      int sizeAt = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
      int width = 1 << (flags & 3);
      FileBytes prefix = file.at(address, sizeAt + width, "an object header");
      long size = unsigned(prefix, sizeAt, width);
      blocks.add(file.at(address + sizeAt + width, size, "an object header"));
      header.readBlocks(file, blocks, true, (flags & 4) != 0, budget);
    } else if (start.uint8(0) == 1) {
      blocks.add(file.at(address + 16, start.uint32(8), "an object header"));
      header.readBlocks(file, blocks, false, false, budget);
    } else {
      throw start.failure(0, "an object header of version " + start.uint8(0));
    }
    return header;
  }

  private void readBlocks(
      Hdf5Bytes file,
      Deque<FileBytes> blocks,
      boolean version2,
      boolean ordered,
      MemoryBudget budget)
      throws TensorFileException {
    int headSize = version2 ? (ordered ? 6 : 4) : 8;
    for (int count = 0; !blocks.isEmpty(); count++) {
      FileBytes block = blocks.remove();
      if (count == MOST_BLOCKS) {
        throw block.failure(0, "an object header of more than " + MOST_BLOCKS + " blocks");
      }
      for (long at = 0; at + headSize <= block.size(); ) {
        int type = version2 ? block.uint8(at) : block.uint16(at);
        int size = block.uint16(at + (version2 ? 1 : 2));
        int flags = block.uint8(at + (version2 ? 3 : 4));
        budget.take(block, MESSAGE_MEMORY);
        FileBytes body = block.slice(at + headSize, size, "a message of type " + type);
        if (type == CONTINUATION) {
          blocks.add(continuation(file, body, version2));
        } else {
          messages.add(new Message(type, flags, body));
        }
        at += headSize + size;
      }
    }
  }

  private static FileBytes continuation(Hdf5Bytes file, FileBytes body, boolean version2)
      throws TensorFileException {
    long address = body.int64(0);
    long length = body.int64(8);
    if (!version2) {
      return file.at(address, length, "a continued object header");
    }
    FileBytes block = file.structure(address, length, "OCHK");
    return block.slice(4, Math.max(length - 8, 0), "a continued object header");
  }

  /** A number of 1, 2, 4 or 8 bytes. */
  static long unsigned(FileBytes bytes, long position, int width) throws TensorFileException {
    return switch (width) {
      case 1 -> bytes.uint8(position);
      case 2 -> bytes.uint16(position);
      case 4 -> bytes.uint32(position);
      default -> bytes.int64(position);
    };
  }

  /** The first message of a type, or null. */
  @Nullable Message find(int type) {
    for (Message message : messages) {
      if (message.type() == type) {
        return message;
      }
    }
    return null;
  }

  /** Whether the object is a dataset; others that are read are groups. */
  boolean isDataset() {
    return find(Message.LAYOUT) != null;
  }
}
