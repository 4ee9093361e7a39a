package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Makes images, and files with the bytes that image writers do not write. */
final class TestImages {
  private TestImages() {}

  /** An opaque 8-bit RGB image of random pixels. */
  static BufferedImage noise(int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  /** An 8-bit RGB image that changes slowly, as JPEG likes it. */
  static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, ((x * 255 / width) << 16) | ((y * 255 / height) << 8) | 100);
      }
    }
    return image;
  }

  /** An image of unsigned samples in the given space, with an alpha band if there is one more. */
  static BufferedImage ofComponents(
      int colorSpace, int dataType, int width, int height, int... samples) {
    ColorSpace space = ColorSpace.getInstance(colorSpace);
    boolean hasAlpha = samples.length > space.getNumComponents() * width * height;
    ComponentColorModel colors =
        new ComponentColorModel(
            space,
            hasAlpha,
            false,
            hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            dataType);
    WritableRaster raster = colors.createCompatibleWritableRaster(width, height);
    raster.setPixels(0, 0, width, height, samples);
    return new BufferedImage(colors, raster, false, null);
  }

  /** Samples that cover all 16 bits. */
  static int[] deepSamples(int count, long seed) {
    return new Random(seed).ints(count, 0, 1 << 16).toArray();
  }

  /** The bytes of the image in a format of the Java platform. */
  static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer for " + format);
    }
    return bytes.toByteArray();
  }

  /** Writes the bytes into the folder and gives the file. */
  static Path save(Path folder, String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** A JPEG file with one more marker segment right after its start. */
  static byte[] withJpegSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer result = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    result.put(jpeg, 0, 2);
    result.putShort((short) (0xFF00 | marker)).putShort((short) (content.length + 2)).put(content);
    result.put(jpeg, 2, jpeg.length - 2);
    return result.array();
  }

  /** The Exif data of a camera that was held in this orientation, without the "Exif" prefix. */
  static byte[] exifOrientation(int value) {
    ByteBuffer tiff = ByteBuffer.allocate(26);
    tiff.put("MM\0*".getBytes(ISO_8859_1)).putInt(8); // big endian, directory at byte 8
    tiff.putShort((short) 1); // one entry
    tiff.putShort((short) 274).putShort((short) 3).putInt(1); // Orientation, one unsigned short
    tiff.putShort((short) value).putShort((short) 0);
    tiff.putInt(0); // no further directory
    return tiff.array();
  }

  /** A PNG file with one more chunk right after its header. */
  static byte[] withPngChunk(byte[] png, String type, byte[] content) {
    int headerEnd = 8 + 25;
    byte[] chunk = pngChunk(type, content);
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, headerEnd)
        .put(chunk)
        .put(png, headerEnd, png.length - headerEnd)
        .array();
  }

  /** One chunk of a PNG file, with its checksum. */
  static byte[] pngChunk(String type, byte[] content) {
    byte[] body =
        ByteBuffer.allocate(4 + content.length).put(type.getBytes(ISO_8859_1)).put(content).array();
    CRC32 checksum = new CRC32();
    checksum.update(body);
    return ByteBuffer.allocate(body.length + 8)
        .putInt(content.length)
        .put(body)
        .putInt((int) checksum.getValue())
        .array();
  }

  /** The content of an iCCP chunk. */
  static byte[] pngProfile(byte[] profile) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("test\0\0".getBytes(ISO_8859_1));
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(profile);
    }
    return bytes.toByteArray();
  }

  /** The content of a JPEG APP2 segment that holds the whole profile. */
  static byte[] jpegProfile(byte[] profile) {
    return ByteBuffer.allocate(14 + profile.length)
        .put("ICC_PROFILE\0\1\1".getBytes(ISO_8859_1))
        .put(profile)
        .array();
  }

  /** The profile of a display that shows red where sRGB has blue and the other way round. */
  static byte[] profileWithRedAndBlueSwapped() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    ByteBuffer bytes = ByteBuffer.wrap(profile);
    int red = tagPosition(bytes, "rXYZ");
    int blue = tagPosition(bytes, "bXYZ");
    byte[] primary = Arrays.copyOfRange(profile, red, red + 20);
    System.arraycopy(profile, blue, profile, red, 20);
    System.arraycopy(primary, 0, profile, blue, 20);
    return profile;
  }

  private static int tagPosition(ByteBuffer profile, String tag) {
    int wanted = ByteBuffer.wrap(tag.getBytes(ISO_8859_1)).getInt();
    for (int entry = 132; ; entry += 12) {
      if (profile.getInt(entry) == wanted) {
        return profile.getInt(entry + 4);
      }
    }
  }
}
