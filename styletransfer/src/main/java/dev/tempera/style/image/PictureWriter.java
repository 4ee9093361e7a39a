package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tempera.io.AtomicFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes pictures as PNG, JPEG or TIFF, as the file's extension says, with an sRGB profile.
 *
 * <p>Samples are clamped to [0, 1] and rounded to the nearest value, without dithering. The same
 * picture gives the same bytes. A file is written beside its destination and then moved, so that it
 * is whole or not there; a symbolic link stays and its target is replaced. PNG and TIFF keep the
 * alpha plane, with colours that look the same over white; JPEG holds the picture as it shows over
 * white.
 *
 * @param bitDepth bits a sample, 8 or 16; JPEG takes 8 only
 * @param quality the quality of JPEG, above 0 and at most 1
 * @param texts what PNG files say about themselves, keyword to value, in this order; other formats
 *     leave it out
 */
public record PictureWriter(int bitDepth, float quality, Map<String, String> texts) {
  private static final int LONGEST_KEYWORD = 79;

  /**
   * A writer with these settings.
   *
   * @throws PictureException if a setting is outside its range, or a keyword is not 1 to 79
   *     printable Latin-1 characters
   */
  public PictureWriter {
    if (bitDepth != 8 && bitDepth != 16) {
      throw new PictureException("picture: a sample has 8 or 16 bits, not " + bitDepth);
    }
    if (!(quality > 0 && quality <= 1)) {
      throw new PictureException("picture: JPEG quality is above 0 and at most 1, not " + quality);
    }
    texts.keySet().forEach(PictureWriter::checkKeyword);
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** A writer of 8 bits a sample, JPEG quality 0.95 and no texts. */
  public static PictureWriter standard() {
    return new PictureWriter(8, 0.95f, Map.of());
  }

  /** The same writer with 8 or 16 bits a sample. */
  public PictureWriter withBitDepth(int bits) {
    return new PictureWriter(bits, quality, texts);
  }

  /** The same writer with another JPEG quality, above 0 and at most 1. */
  public PictureWriter withQuality(float newQuality) {
    return new PictureWriter(bitDepth, newQuality, texts);
  }

  /** The same writer with one more text, such as "Title" or "Software", for PNG files. */
  public PictureWriter withText(String keyword, String value) {
    Map<String, String> more = new LinkedHashMap<>(texts);
    more.put(keyword, value);
    return new PictureWriter(bitDepth, quality, more);
  }

  /**
   * Writes the picture, replacing the file if there is one.
   *
   * @throws PictureException if a sample is not a number, or the file cannot be written; what was
   *     there before is still there then
   */
  public void write(Picture picture, Path file) {
    OutputFormat format = checkDestination(file);
    try {
      AtomicFile.write(
          file,
          channel -> format.encoder().encode(picture, this, Channels.newOutputStream(channel)));
    } catch (IOException failure) {
      throw refusal(file, failure);
    }
  }

  /**
   * Checks, before a long run, that the file could be written now.
   *
   * <p>Creates an empty file beside it for a moment and leaves nothing behind.
   *
   * @throws PictureException if the extension is unknown or does not go with these settings, the
   *     folder is missing or may not be written to, or the file is a folder or write-protected
   */
  public void checkWritable(Path file) {
    checkDestination(file);
    try {
      AtomicFile.probe(file);
    } catch (IOException failure) {
      throw refusal(file, failure);
    }
  }

  private OutputFormat checkDestination(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null) {
      throw new PictureException(file + ": is a directory; name a file to write the picture to");
    }
    OutputFormat format =
        OutputFormat.of(String.valueOf(file.getFileName()))
            .orElseThrow(
                () ->
                    new PictureException(
                        file + ": end the name in .png, .jpg, .jpeg, .tif or .tiff"));
    if (bitDepth > 8 && !format.isDeep()) {
      throw new PictureException(
          file + ": JPEG holds 8 bits a sample; for 16 end the name in .png or .tif");
    }
    if (Files.notExists(folder)) {
      throw new PictureException(file + ": there is no folder " + folder);
    } else if (!Files.isDirectory(folder)) {
      throw new PictureException(file + ": " + folder + " is not a folder");
    } else if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new PictureException(file + ": is not a regular file and cannot be replaced");
    } else if (Files.exists(file) && !Files.isWritable(file)) {
      throw new PictureException(file + ": exists and is write-protected");
    }
    return format;
  }

  private static PictureException refusal(Path file, IOException failure) {
    String reason =
        failure instanceof AccessDeniedException
            ? "permission denied in its folder"
            : String.valueOf(failure.getMessage());
    return new PictureException(file + ": cannot be written: " + reason, failure);
  }

  private static void checkKeyword(String keyword) {
    boolean printable =
        ISO_8859_1.newEncoder().canEncode(keyword)
            && keyword.chars().noneMatch(Character::isISOControl);
    if (keyword.isBlank()
        || keyword.length() > LONGEST_KEYWORD
        || !printable
        || !keyword.equals(keyword.strip())) {
      throw new PictureException(
          "picture: the keyword of a text is 1 to %d printable Latin-1 characters, not \"%s\""
              .formatted(LONGEST_KEYWORD, keyword));
    }
  }
}
