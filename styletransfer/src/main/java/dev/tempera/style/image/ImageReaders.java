package dev.tempera.style.image;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Chooses the implementation of an image reader by name, so that the plug-ins that happen to be on
 * somebody's class path or module path change nothing.
 */
final class ImageReaders {
  private ImageReaders() {}

  /** A new reader from the Java platform itself. */
  static ImageReader platformReader(String formatName) throws IOException {
    Iterator<ImageReader> candidates = ImageIO.getImageReadersByFormatName(formatName);
    while (candidates.hasNext()) {
      ImageReader reader = candidates.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }
    throw new IOException("this Java platform has no reader for " + formatName);
  }

  /**
   * A new reader from a plug-in, which is registered first if the platform has not found it by
   * itself: the platform looks only where the thread's context class loader does.
   */
  static <P extends ImageReaderSpi> ImageReader pluginReader(Class<P> type, Supplier<P> constructor)
      throws IOException {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    if (registry.getServiceProviderByClass(type) == null) {
      registry.registerServiceProvider(constructor.get(), ImageReaderSpi.class);
    }
    return registry.getServiceProviderByClass(type).createReaderInstance();
  }
}
