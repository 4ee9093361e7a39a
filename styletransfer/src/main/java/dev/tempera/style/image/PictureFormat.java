package dev.tempera.style.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;

/** A file format that pictures can be read from, told by the first bytes of a file. */
enum PictureFormat {
  PNG("PNG", "\u0089PNG\r\n\u001a\n") {
    @Override
    ImageReader createReader() throws IOException {
      return ImageReaders.platformReader("png");
    }
  },
  JPEG("JPEG", "\u00ff\u00d8\u00ff") {
    @Override
    ImageReader createReader() throws IOException {
      return ImageReaders.pluginReader(JPEGImageReaderSpi.class, JPEGImageReaderSpi::new);
    }
  },
  TIFF("TIFF", "II*\0", "MM\0*") {
    @Override
    ImageReader createReader() throws IOException {
      return ImageReaders.pluginReader(TIFFImageReaderSpi.class, TIFFImageReaderSpi::new);
    }
  },
  WEBP("WebP", "RIFF") {
    @Override
    boolean begins(byte[] head) {
      return super.begins(head) && matches(head, 8, "WEBP");
    }

    @Override
    ImageReader createReader() throws IOException {
      return ImageReaders.pluginReader(WebPImageReaderSpi.class, WebPImageReaderSpi::new);
    }
  },
  GIF("GIF", "GIF87a", "GIF89a") {
    @Override
    ImageReader createReader() throws IOException {
      return ImageReaders.platformReader("gif");
    }
  },
  BMP("BMP", "BM") {
    // Two letters prove little: the reserved field, bytes 6 to 9, is zero in every bitmap.
    @Override
    boolean begins(byte[] head) {
      return super.begins(head) && matches(head, 6, "\0\0\0\0");
    }

    @Override
    ImageReader createReader() throws IOException {
      return ImageReaders.platformReader("bmp");
    }
  };

  /** How many bytes of a file are needed to tell its format. */
  static final int HEAD_LENGTH = 16;

  private final String label;
  private final String[] signatures;

  PictureFormat(String label, String... signatures) {
    this.label = label;
    this.signatures = signatures;
  }

  /** The format of a file that begins with these bytes. */
  static Optional<PictureFormat> of(byte[] head) {
    return Arrays.stream(values()).filter(format -> format.begins(head)).findFirst();
  }

  /** The format's name for people. */
  String label() {
    return label;
  }

  /** A new reader of the format, always of the same implementation whatever else is installed. */
  abstract ImageReader createReader() throws IOException;

  boolean begins(byte[] head) {
    return Arrays.stream(signatures).anyMatch(signature -> matches(head, 0, signature));
  }

  /** Whether these Latin-1 characters stand at the position in the head. */
  static boolean matches(byte[] head, int position, String characters) {
    byte[] expected = characters.getBytes(ISO_8859_1);
    int end = position + expected.length;
    return end <= head.length && Arrays.equals(head, position, end, expected, 0, expected.length);
  }
}
