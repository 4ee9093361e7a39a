package dev.tempera.vgg.format.mat;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ZlibStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in a compressed element, each inflated when it is read. Those that are read in their order
 * are inflated in one go; for one that lies before the last the element is inflated from its start.
 * Behind the last array nothing of the stream is kept.
 */
final class InflatedContents {
  private final MappedFile file;
  private final FileBytes deflated;
  private @Nullable ZlibStream stream;
  private long end;

  InflatedContents(MappedFile file, FileBytes deflated) {
    this.file = file;
    this.deflated = deflated;
  }

  /** The content that takes some of the inflated bytes. */
  Content at(long position, long count) {
    end = Math.max(end, position + count);
    return file.filled(count, target -> inflate(position, target));
  }

  private synchronized void inflate(long position, MemorySegment target)
      throws TensorFileException {
    ZlibStream current = stream;
    if (current == null || position < current.position()) {
      if (current != null) {
        current.close();
      }
      current = new ZlibStream(deflated);
      stream = current;
    }
    current.skip(position - current.position());
    current.read(target);
    if (current.position() >= end) {
      current.close();
      stream = null;
    }
  }
}
