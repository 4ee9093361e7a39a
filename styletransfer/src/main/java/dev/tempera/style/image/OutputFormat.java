package dev.tempera.style.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file format that pictures can be written in, told by the extension of the file's name. */
enum OutputFormat {
  PNG(new PngEncoder(), true, "png"),
  JPEG(new JpegEncoder(), false, "jpg", "jpeg"),
  TIFF(new TiffEncoder(), true, "tif", "tiff");

  private final PictureEncoder encoder;
  private final boolean deep;
  private final List<String> extensions;

  OutputFormat(PictureEncoder encoder, boolean deep, String... extensions) {
    this.encoder = encoder;
    this.deep = deep;
    this.extensions = List.of(extensions);
  }

  /** The format that the name's extension, in upper or lower case, stands for. */
  static Optional<OutputFormat> of(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> fileName.contains(".") && format.extensions.contains(extension))
        .findFirst();
  }

  /** What writes the format. */
  PictureEncoder encoder() {
    return encoder;
  }

  /** Whether the format holds 16 bits a sample, and alpha. */
  boolean isDeep() {
    return deep;
  }
}
