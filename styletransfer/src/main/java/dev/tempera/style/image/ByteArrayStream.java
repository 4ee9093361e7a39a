package dev.tempera.style.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a file as image readers want them.
 *
 * <p>Some decoders go on for minutes after the end of their input, taking zeros for what is
 * missing; reading past the end more than a few times is an error here.
 */
final class ByteArrayStream extends ImageInputStreamImpl {
  private static final int PATIENCE = 1000;

  private final byte[] bytes;
  private int readsPastEnd;

  /** A stream of these bytes, which must not change. */
  ByteArrayStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return end();
    }
    return bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= bytes.length) {
      return end();
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  private int end() throws IOException {
    readsPastEnd++;
    if (readsPastEnd > PATIENCE) {
      throw new IOException("it ends before the picture does");
    }
    return -1;
  }
}
