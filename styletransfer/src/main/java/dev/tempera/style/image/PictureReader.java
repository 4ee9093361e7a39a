package dev.tempera.style.image;

import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures from PNG, JPEG, TIFF, WebP, GIF and BMP files, told apart by content and not by
 * name.
 *
 * <p>The Exif orientation is applied and an embedded colour profile converted to sRGB. Grey becomes
 * RGB, transparent pictures are laid over white and keep their alpha plane, and 16-bit samples keep
 * their precision. Of several pages or frames the first is read. PNG gamma chunks are ignored.
 */
public final class PictureReader {
  private static final double MEGA = 1e6;
  private static final int RIFF_HEADER_LENGTH = 8;

  /** The most bytes that a Java array can be trusted to hold. */
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Path file;
  private final PictureLimits limits;

  private PictureReader(Path file, PictureLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /**
   * Reads a picture, within the {@linkplain PictureLimits#standard() standard limits}.
   *
   * @throws PictureException if there is no such file, it is no picture, too large, damaged or cut
   *     short
   */
  public static Picture read(Path file) {
    return read(file, PictureLimits.standard());
  }

  /**
   * Reads a picture, within the given limits.
   *
   * @throws PictureException if there is no such file, it is no picture, too large, damaged or cut
   *     short
   */
  public static Picture read(Path file, PictureLimits limits) {
    return new PictureReader(file, limits).read();
  }

  private Picture read() {
    checkFile();
    try {
      byte[] bytes = readBytes();
      byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, PictureFormat.HEAD_LENGTH));
      PictureFormat format =
          PictureFormat.of(head).orElseThrow(() -> failure("is " + FileHead.describe(head), null));
      return decode(format, bytes);
    } catch (IOException unreadable) {
      throw failure("cannot be read: " + unreadable.getMessage(), unreadable);
    } catch (OutOfMemoryError tooLarge) {
      throw failure(
          "does not fit into the %d MiB of memory that Java may use (more with -Xmx)"
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          tooLarge);
    }
  }

  /** Checks what can be told without opening the file. */
  private void checkFile() {
    if (Files.notExists(file)) {
      throw failure("no such file", null);
    } else if (Files.isDirectory(file)) {
      throw failure("is a directory, not a picture", null);
    } else if (!Files.isRegularFile(file)) {
      throw failure("is not a regular file", null);
    } else if (!Files.isReadable(file)) {
      throw failure("may not be read (permission denied)", null);
    }
  }

  private byte[] readBytes() throws IOException {
    long limit = Math.min(limits.bytes(), LONGEST_ARRAY);
    long length = Files.size(file);
    if (length == 0) {
      throw failure("is empty (0 bytes)", null);
    }
    if (length > limit) {
      throw failure(
          "has %d bytes, more than the limit of %d (set with -D%s=)"
              .formatted(length, limit, PictureLimits.BYTES_PROPERTY),
          null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) length);
    }
  }

  private Picture decode(PictureFormat format, byte[] bytes) throws IOException {
    ImageReader reader = format.createReader();
    try (ImageInputStream stream = new ByteArrayStream(bytes)) {
      reader.setInput(stream);
      checkPixels(reader.getWidth(0), reader.getHeight(0));
      ICC_Profile profile = format == PictureFormat.PNG ? PngChunks.check(bytes) : null;
      if (format == PictureFormat.WEBP) {
        checkRiffLength(bytes);
      }
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      BufferedImage image = reader.read(0);
      rejectLoss(warnings);
      return new PictureDecoder(image, Orientation.of(bytes), profile).decode();
    } catch (PictureException refusal) {
      throw refusal;
    } catch (IOException | RuntimeException failure) {
      throw damaged(format, bytes.length, failure);
    } finally {
      reader.dispose();
    }
  }

  private void checkPixels(int width, int height) {
    long pixels = (long) width * height;
    if (pixels > limits.pixels()) {
      throw failure(
          String.format(
              Locale.ROOT,
              "%d×%d is %.1f megapixels, more than the limit of %.1f (set with -D%s=)",
              width,
              height,
              pixels / MEGA,
              limits.pixels() / MEGA,
              PictureLimits.PIXELS_PROPERTY),
          null);
    }
  }

  /** The WebP decoder makes up what is missing, but the header of a RIFF file states its length. */
  private static void checkRiffLength(byte[] bytes) throws IOException {
    int stated = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES);
    long expected = Integer.toUnsignedLong(stated) + RIFF_HEADER_LENGTH;
    if (expected > bytes.length) {
      throw new EOFException("its header states %d bytes".formatted(expected));
    }
  }

  /** The JPEG decoder fills what is missing with grey and merely warns; to us it is an error. */
  private static void rejectLoss(List<String> warnings) throws IOException {
    for (String warning : warnings) {
      if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
        throw new IOException(warning);
      }
    }
  }

  private PictureException damaged(PictureFormat format, int length, Exception failure) {
    String reason =
        switch (rootCause(failure)) {
          case EOFException cut when cut.getMessage() == null ->
              "it ends in the middle of the picture";
          case IndexOutOfBoundsException lost -> "the picture is not where its header says";
          case RuntimeException confused -> "it does not follow its format";
          default -> String.valueOf(failure.getMessage());
        };
    return failure(
        "damaged or cut short %s file of %d bytes: %s".formatted(format.label(), length, reason),
        failure);
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootCause(cause);
  }

  private PictureException failure(String problem, @Nullable Throwable cause) {
    String message = file + ": " + problem;
    return cause == null ? new PictureException(message) : new PictureException(message, cause);
  }
}
