package dev.tempera.vgg.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** What HDF5 does to chunks as it writes them. */
@SuppressWarnings("ByteBufferBackingArray") // All buffers are made by allocate.
enum ChunkFilter {
  /** Compression by zlib. */
  DEFLATE(1, 6) {
    @Override
    byte[] apply(byte[] content, int width) {
      Deflater deflater = new Deflater();
      deflater.setInput(content);
      deflater.finish();
      byte[] target = new byte[content.length + 64];
      int length = deflater.deflate(target);
      deflater.end();
      return Arrays.copyOf(target, length);
    }
  },

  /** The first bytes of all elements, then all second ones, and so on. */
  SHUFFLE(2, 0) {
    @Override
    byte[] apply(byte[] content, int width) {
      byte[] shuffled = new byte[content.length];
      int count = content.length / width;
      for (int i = 0; i < content.length; i++) {
        shuffled[i % width * count + i / width] = content[i];
      }
      return shuffled;
    }
  },

  /** Fletcher's checksum of 32 bits, appended. */
  CHECKSUM(3, 0) {
    @Override
    byte[] apply(byte[] content, int width) {
      int sum = 0;
      int sumOfSums = 0;
      for (int i = 0; i < content.length; i += 2) {
        sum = (sum + ((content[i] & 0xFF) << 8) + (content[i + 1] & 0xFF)) % 0xFFFF;
        sumOfSums = (sumOfSums + sum) % 0xFFFF;
      }
      ByteBuffer result = buffer(content.length + 4).put(content);
      return result.putShort((short) sum).putShort((short) sumOfSums).array();
    }
  };

  private final int id;
  private final int parameter;

  ChunkFilter(int id, int parameter) {
    this.id = id;
    this.parameter = parameter;
  }

  /** What becomes of a chunk whose elements have some width. */
  abstract byte[] apply(byte[] content, int width);

  /** The list of filters that stands with a dataset, in version 1. */
  static byte[] pipeline(List<ChunkFilter> filters, int width) {
    ByteBuffer list = buffer(8 + 16 * filters.size()).put((byte) 1).put((byte) filters.size());
    list.position(8);
    for (ChunkFilter filter : filters) {
      list.putShort((short) filter.id).putShort((short) 0).putShort((short) 0).putShort((short) 1);
      list.putInt(filter == SHUFFLE ? width : filter.parameter).putInt(0);
    }
    return list.array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
