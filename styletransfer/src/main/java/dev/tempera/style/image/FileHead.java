package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HexFormat;

/** Describes for people a file that is in none of the formats that can be read. */
final class FileHead {
  private static final int SHOWN = 12;

  private FileHead() {}

  /** One line on what these first bytes of a file look like. */
  static String describe(byte[] head) {
    String known = name(head);
    byte[] shown = head.length <= SHOWN ? head : Arrays.copyOf(head, SHOWN);
    String text = new String(shown, ISO_8859_1).replaceAll("[^\\x20-\\x7e]", ".");
    String bytes = HexFormat.ofDelimiter(" ").formatHex(shown);
    String verdict = known.isEmpty() ? "not a picture that can be read" : known + " cannot be read";
    return "%s (begins with \"%s\", bytes %s); PNG, JPEG, TIFF, WebP, GIF and BMP can"
        .formatted(verdict, text, bytes);
  }

  private static String name(byte[] head) {
    if (PictureFormat.matches(head, 4, "ftypavif")) {
      return "an AVIF picture";
    } else if (PictureFormat.matches(head, 4, "ftyphei")
        || PictureFormat.matches(head, 4, "ftypmif1")) {
      return "a HEIC picture";
    } else if (PictureFormat.matches(head, 0, "8BPS")) {
      return "a Photoshop document";
    } else if (PictureFormat.matches(head, 0, "%PDF")) {
      return "a PDF document";
    } else if (PictureFormat.matches(head, 0, "<svg") || PictureFormat.matches(head, 0, "<?xml")) {
      return "a drawing or text in XML";
    } else if (PictureFormat.matches(head, 0, "\u00ff\n")
        || PictureFormat.matches(head, 4, "JXL ")) {
      return "a JPEG XL picture";
    } else if (PictureFormat.matches(head, 4, "jP  ")) {
      return "a JPEG 2000 picture";
    } else if (PictureFormat.matches(head, 0, "II+\0") || PictureFormat.matches(head, 0, "MM\0+")) {
      return "a BigTIFF picture";
    }
    return "";
  }
}
