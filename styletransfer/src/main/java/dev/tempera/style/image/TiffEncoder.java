package dev.tempera.style.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageWriteParam;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;

/** Writes TIFF 6.0 with deflate compression and the profile in tag 34675; texts are left out. */
final class TiffEncoder extends PlatformEncoder {
  /** An encoder. */
  TiffEncoder() {
    super("tiff");
  }

  @Override
  BufferedImage toImage(Picture picture, PictureWriter settings) {
    return settings.bitDepth() == 8 ? picture.toBufferedImage() : picture.toDeepBufferedImage();
  }

  @Override
  void configure(ImageWriteParam parameters, PictureWriter settings) {
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType("ZLib");
  }

  @Override
  IIOMetadata describe(IIOMetadata usual, PictureWriter settings) throws IOException {
    TIFFDirectory directory = TIFFDirectory.createFromMetadata(usual);
    TIFFTag tag = BaselineTIFFTagSet.getInstance().getTag(BaselineTIFFTagSet.TAG_ICC_PROFILE);
    byte[] profile = SrgbProfile.bytes();
    directory.addTIFFField(new TIFFField(tag, TIFFTag.TIFF_UNDEFINED, profile.length, profile));
    return directory.getAsMetadata();
  }
}
