package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG (PNG specification, third edition): RGB with or without alpha, an iCCP chunk, and the
 * texts as tEXt chunks, or iTXt where they go beyond Latin-1.
 *
 * <p>The platform's own writer leaves the rows unfiltered, which makes photographs a third larger.
 */
final class PngEncoder implements PictureEncoder {
  private static final byte[] SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);
  private static final int COLOR_TYPE_RGB = 2;
  private static final int COLOR_TYPE_RGB_ALPHA = 6;
  private static final int DATA_CHUNK_LENGTH = 1 << 16;

  /** An encoder. */
  PngEncoder() {}

  @Override
  public void encode(Picture picture, PictureWriter settings, OutputStream out) throws IOException {
    BufferedImage image =
        settings.bitDepth() == 8 ? picture.toBufferedImage() : picture.toDeepBufferedImage();
    out.write(SIGNATURE);
    writeChunk(out, "IHDR", header(image, settings.bitDepth()));
    writeChunk(out, "iCCP", profile());
    for (Map.Entry<String, String> text : settings.texts().entrySet()) {
      writeText(out, text.getKey(), text.getValue());
    }
    writePixels(out, image, settings.bitDepth());
    writeChunk(out, "IEND", new byte[0]);
  }

  private static byte[] header(BufferedImage image, int bitDepth) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(image.getWidth());
    data.writeInt(image.getHeight());
    data.writeByte(bitDepth);
    data.writeByte(image.getColorModel().hasAlpha() ? COLOR_TYPE_RGB_ALPHA : COLOR_TYPE_RGB);
    data.writeByte(0); // compression: deflate
    data.writeByte(0); // filters: the five of the specification
    data.writeByte(0); // not interlaced
    return bytes.toByteArray();
  }

  private static byte[] profile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("sRGB\0\0".getBytes(ISO_8859_1)); // a name and its end, compression: deflate
    try (DeflaterOutputStream compressed = new DeflaterOutputStream(bytes)) {
      compressed.write(SrgbProfile.bytes());
    }
    return bytes.toByteArray();
  }

  private static void writeText(OutputStream out, String keyword, String text) throws IOException {
    if (ISO_8859_1.newEncoder().canEncode(text)) {
      writeChunk(out, "tEXt", (keyword + "\0" + text).getBytes(ISO_8859_1));
    } else {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      // Uncompressed, of no stated language, the keyword untranslated.
      bytes.write((keyword + "\0\0\0\0\0").getBytes(ISO_8859_1));
      bytes.write(text.getBytes(UTF_8));
      writeChunk(out, "iTXt", bytes.toByteArray());
    }
  }

  private static void writePixels(OutputStream out, BufferedImage image, int bitDepth)
      throws IOException {
    int bands = image.getRaster().getNumBands();
    int width = image.getWidth();
    PngRowFilter filter = new PngRowFilter(bands * bitDepth / 8, width);
    int[] samples = new int[width * bands];
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setStrategy(Deflater.FILTERED);
    try (OutputStream chunks = new DataChunks(out);
        DeflaterOutputStream compressed = new DeflaterOutputStream(chunks, deflater)) {
      for (int row = 0; row < image.getHeight(); row++) {
        image.getRaster().getPixels(0, row, width, 1, samples);
        compressed.write(filter.filter(pack(samples, bitDepth)));
      }
    } finally {
      deflater.end();
    }
  }

  private static byte[] pack(int[] samples, int bitDepth) {
    if (bitDepth == 8) {
      byte[] bytes = new byte[samples.length];
      for (int i = 0; i < samples.length; i++) {
        bytes[i] = (byte) samples[i];
      }
      return bytes;
    }
    byte[] bytes = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      bytes[2 * i] = (byte) (samples[i] >> 8);
      bytes[2 * i + 1] = (byte) samples[i];
    }
    return bytes;
  }

  private static void writeChunk(OutputStream out, String type, byte[] content) throws IOException {
    byte[] typeBytes = type.getBytes(ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(typeBytes);
    checksum.update(content);
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(content.length);
    data.write(typeBytes);
    data.write(content);
    data.writeInt((int) checksum.getValue());
  }

  /** Cuts a stream into IDAT chunks; closing writes the last one and leaves the file open. */
  private static final class DataChunks extends OutputStream {
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(DATA_CHUNK_LENGTH);

    DataChunks(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      pending.write(bytes, offset, length);
      if (pending.size() >= DATA_CHUNK_LENGTH) {
        writePending();
      }
    }

    @Override
    public void close() throws IOException {
      if (pending.size() > 0) {
        writePending();
      }
    }

    private void writePending() throws IOException {
      writeChunk(out, "IDAT", pending.toByteArray());
      pending.reset();
    }
  }
}
