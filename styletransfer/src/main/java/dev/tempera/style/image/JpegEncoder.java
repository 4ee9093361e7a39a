package dev.tempera.style.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageWriteParam;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import org.w3c.dom.NodeList;

/**
 * Writes JPEG with full colour resolution (4:4:4) and an APP2 profile; alpha and texts are left
 * out.
 */
final class JpegEncoder extends PlatformEncoder {
  /** An encoder. */
  JpegEncoder() {
    super("jpeg");
  }

  @Override
  BufferedImage toImage(Picture picture, PictureWriter settings) {
    return PictureQuantizer.toOpaqueImage(picture);
  }

  @Override
  void configure(ImageWriteParam parameters, PictureWriter settings) {
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(settings.quality());
    ((JPEGImageWriteParam) parameters).setOptimizeHuffmanTables(true);
  }

  @Override
  IIOMetadata describe(IIOMetadata usual, PictureWriter settings) throws IOException {
    String format = usual.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) usual.getAsTree(format);
    IIOMetadataNode profile = new IIOMetadataNode("app2ICC");
    profile.setUserObject(SrgbProfile.profile());
    root.getElementsByTagName("app0JFIF").item(0).appendChild(profile);
    NodeList components = root.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      IIOMetadataNode component = (IIOMetadataNode) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    usual.setFromTree(format, root);
    return usual;
  }
}
