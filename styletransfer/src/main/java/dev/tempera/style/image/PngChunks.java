package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a PNG file (PNG specification, third edition, section 5): checks that it is
 * whole and finds its colour profile, neither of which the platform's reader does.
 */
final class PngChunks {
  private static final int SIGNATURE_LENGTH = 8;

  /** The bytes of a chunk besides its data: length, type and checksum. */
  private static final int CHUNK_OVERHEAD = 12;

  private static final int LARGEST_PROFILE = 1 << 24;
  private static final int IEND = 0x49454E44;
  private static final int ICCP = 0x69434350;

  /** The bit of a chunk type's first letter that tells ancillary chunks from critical ones. */
  private static final int ANCILLARY = 0x20000000;

  private final DataInputStream stream;
  private long position = SIGNATURE_LENGTH;
  private final byte[] buffer = new byte[1 << 16];
  private @Nullable ICC_Profile profile;

  private PngChunks(DataInputStream stream) {
    this.stream = stream;
  }

  /**
   * Reads the whole file and gives the colour profile embedded in it, if there is one.
   *
   * @throws IOException if the file is cut short or a chunk that matters has a wrong checksum
   */
  static @Nullable ICC_Profile check(byte[] file) throws IOException {
    DataInputStream stream = new DataInputStream(new ByteArrayInputStream(file));
    stream.skipNBytes(SIGNATURE_LENGTH);
    PngChunks chunks = new PngChunks(stream);
    while (chunks.readChunk() != IEND) {}
    return chunks.profile;
  }

  private int readChunk() throws IOException {
    long start = position;
    try {
      long length = Integer.toUnsignedLong(stream.readInt());
      byte[] type = new byte[Integer.BYTES];
      stream.readFully(type);
      int code = ByteBuffer.wrap(type).getInt();
      CRC32 checksum = new CRC32();
      checksum.update(type);
      if (code == ICCP && length <= LARGEST_PROFILE) {
        byte[] data = new byte[(int) length];
        stream.readFully(data);
        checksum.update(data);
        profile = inflateProfile(data);
      } else {
        readBody(length, checksum);
      }
      if (Integer.toUnsignedLong(stream.readInt()) != checksum.getValue()
          && (code & ANCILLARY) == 0) {
        throw new IOException(
            "the checksum of chunk %s at byte %d is wrong"
                .formatted(new String(type, US_ASCII), start));
      }
      position = start + CHUNK_OVERHEAD + length;
      return code;
    } catch (EOFException cut) {
      throw new EOFException("it ends in the middle of the chunk that begins at byte " + start);
    }
  }

  private void readBody(long length, CRC32 checksum) throws IOException {
    for (long left = length; left > 0; ) {
      int part = (int) Math.min(left, buffer.length);
      stream.readFully(buffer, 0, part);
      checksum.update(buffer, 0, part);
      left -= part;
    }
  }

  /**
   * The profile in an iCCP chunk: a name ended by a zero, the compression method 0, a zlib stream.
   */
  private static @Nullable ICC_Profile inflateProfile(byte[] data) {
    int nameEnd = 0;
    while (nameEnd < data.length && data[nameEnd] != 0) {
      nameEnd++;
    }
    int start = Math.min(nameEnd + 2, data.length);
    byte[] compressed = Arrays.copyOfRange(data, start, data.length);
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
      byte[] profile = in.readNBytes(LARGEST_PROFILE);
      return ICC_Profile.getInstance(profile);
    } catch (IOException | IllegalArgumentException broken) {
      return null;
    }
  }
}
