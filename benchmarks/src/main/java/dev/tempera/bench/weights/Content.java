package dev.tempera.bench.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bytes of a file to be, whose number is known before they are written: formats announce lengths,
 * and a full-size file should not lie in memory.
 */
interface Content {
  /** Bytes that {@link #write} writes. */
  long size();

  /** Writes them. */
  void write(OutputStream out) throws IOException;

  /** These bytes. */
  static Content bytes(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void write(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }

  /** A text in UTF-8. */
  static Content text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Random little-endian float32 between −0.01 and 0.01. */
  static Content floats(long count) {
    return new Content() {
      @Override
      public long size() {
        return count * Float.BYTES;
      }

      @Override
      public void write(OutputStream out) throws IOException {
        byte[] block = RandomBlock.FLOATS;
        for (long left = size(); left > 0; left -= block.length) {
          out.write(block, 0, (int) Math.min(left, block.length));
        }
      }
    };
  }

  /** One after another. */
  static Content join(List<Content> parts) {
    return new Content() {
      @Override
      public long size() {
        return parts.stream().mapToLong(Content::size).sum();
      }

      @Override
      public void write(OutputStream out) throws IOException {
        for (Content part : parts) {
          part.write(out);
        }
      }
    };
  }

  /** One after another. */
  static Content join(Content... parts) {
    return join(List.of(parts));
  }

  /** With zeros up to a multiple of eight bytes. */
  default Content padded() {
    int missing = (int) (-size() & 7);
    return missing == 0 ? this : join(this, bytes(new byte[missing]));
  }

  /** The numbers that are repeated. */
  final class RandomBlock {
    private static final byte[] FLOATS = floats();

    private RandomBlock() {}

    private static byte[] floats() {
      ByteBuffer block = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
      SplittableRandom random = new SplittableRandom(19);
      while (block.hasRemaining()) {
        block.putFloat((float) (random.nextDouble() * 0.02 - 0.01));
      }
      return block.array();
    }
  }
}
