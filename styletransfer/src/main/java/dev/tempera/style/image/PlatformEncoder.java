package dev.tempera.style.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes sRGB images in one file format, by means of the platform's own writer. */
abstract class PlatformEncoder implements PictureEncoder {
  private final String formatName;

  /** An encoder for the format that the platform knows by this name. */
  PlatformEncoder(String formatName) {
    this.formatName = formatName;
  }

  /** The image that the picture becomes in this format. */
  abstract BufferedImage toImage(Picture picture, PictureWriter settings);

  /** Sets compression and quality. */
  abstract void configure(ImageWriteParam parameters, PictureWriter settings);

  /** The metadata to write, sRGB profile included, made from the format's usual ones. */
  abstract IIOMetadata describe(IIOMetadata usual, PictureWriter settings) throws IOException;

  @Override
  public final void encode(Picture picture, PictureWriter settings, OutputStream out)
      throws IOException {
    BufferedImage image = toImage(picture, settings);
    ImageWriter writer = platformWriter();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      configure(parameters, settings);
      IIOMetadata usual =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), parameters);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, describe(usual, settings)), parameters);
    } finally {
      writer.dispose();
    }
  }

  private ImageWriter platformWriter() throws IOException {
    Iterator<ImageWriter> candidates = ImageIO.getImageWritersByFormatName(formatName);
    while (candidates.hasNext()) {
      ImageWriter writer = candidates.next();
      if (writer.getClass().getModule() == ImageIO.class.getModule()) {
        return writer;
      }
    }
    throw new IOException("this Java platform has no writer for " + formatName);
  }
}
