package dev.tempera.io.npy;

import dev.tempera.io.AtomicFile;
import dev.tempera.io.MemoryWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes {@code .npz} files: a zip archive of {@code .npy} files. The same tensors give the same
 * bytes.
 */
public final class NpzWriter {
  private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** How the arrays of an archive are kept. */
  public enum Compression {
    /** As they are: large, and read where they lie. */
    STORED,
    /** Deflated: smaller, and inflated when they are read. */
    DEFLATED
  }

  private NpzWriter() {}

  /**
   * Writes tensors in their types, whole or not at all.
   *
   * @param path where; an existing file is replaced
   * @param tensors by name, in the order to write them
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, Map<String, Tensor> tensors, Compression compression)
      throws IOException {
    write(path, TensorEntry.of(tensors), compression);
  }

  /**
   * Writes tensors of other files in their types, whole or not at all.
   *
   * @param path where; an existing file is replaced
   * @param tensors in the order to write them
   * @throws IOException if two have the same name, a tensor cannot be read or the file cannot be
   *     written
   */
  public static void write(Path path, Collection<TensorEntry> tensors, Compression compression)
      throws IOException {
    AtomicFile.write(
        path,
        channel -> {
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
          for (TensorEntry tensor : tensors) {
            write(zip, tensor, compression);
          }
          zip.finish();
        });
  }

  private static void write(ZipOutputStream zip, TensorEntry tensor, Compression compression)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] parts = NpyWriter.parts(tensor, arena);
      ZipEntry entry = new ZipEntry(tensor.name() + Npy.SUFFIX);
      entry.setTimeLocal(ZIP_EPOCH);
      if (compression == Compression.STORED) {
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(parts[0].byteSize() + parts[1].byteSize());
        entry.setCrc(checksum(parts));
      }
      zip.putNextEntry(entry);
      WritableByteChannel content = Channels.newChannel((OutputStream) zip);
      for (MemorySegment part : parts) {
        MemoryWriter.write(part, content);
      }
      zip.closeEntry();
    }
  }

  private static long checksum(MemorySegment... parts) throws IOException {
    CRC32 checksum = new CRC32();
    for (MemorySegment part : parts) {
      MemoryWriter.forEachBuffer(part, checksum::update);
    }
    return checksum.getValue();
  }
}
