package dev.tempera.io.zip;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry.Content;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * A mapped zip archive. Stored entries are slices of the file; deflated ones are inflated when they
 * are read, and an archive whose entries would inflate to more than a limit is refused.
 */
public final class ZipArchive {
  private static final int HEADER_SIZE = 30;
  private static final byte[] HEADER = {'P', 'K', 3, 4};
  private static final int MOST_INFLATION = 4;
  private static final long INFLATION_ALLOWED = 1 << 20;

  private final MappedFile file;
  private final FileBytes archive;
  private final Map<String, ZipEntry> entries;

  private ZipArchive(MappedFile file, FileBytes archive, Map<String, ZipEntry> entries) {
    this.file = file;
    this.archive = archive;
    this.entries = entries;
  }

  /** Whether a file starts as zip archives do. */
  public static boolean recognises(MappedFile file) {
    return file.as("zip").startsWith(0, HEADER);
  }

  /**
   * Opens an archive that hardly compresses, as weights do: one whose entries would inflate to much
   * more than the file's own size is refused.
   *
   * @param format the format that the archive is part of, for errors
   * @throws TensorFileException if it has no valid directory, or would inflate to too much
   */
  public static ZipArchive open(MappedFile file, String format) throws TensorFileException {
    return open(file, format, file.size() * MOST_INFLATION + INFLATION_ALLOWED);
  }

  /**
   * Opens an archive.
   *
   * @param format the format that the archive is part of, for errors
   * @param inflationLimit how many bytes all its deflated entries may have together
   * @throws TensorFileException if it has no valid directory, or would inflate to more
   */
  public static ZipArchive open(MappedFile file, String format, long inflationLimit)
      throws TensorFileException {
    FileBytes archive = file.as(format);
    ZipArchive result = new ZipArchive(file, archive, ZipDirectory.read(archive));
    result.checkInflation(inflationLimit);
    return result;
  }

  /** The names of the entries, in the directory's order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /**
   * The size of an entry's content.
   *
   * @throws TensorFileException if there is no entry of that name
   */
  public long size(String name) throws TensorFileException {
    return entry(name).size();
  }

  /**
   * The bytes of an entry as they lie in the file, for errors and, if stored, for use.
   *
   * @throws TensorFileException if there is no entry of that name, it is encrypted or compressed by
   *     an unknown method, or it does not lie within the file
   */
  public FileBytes stored(String name) throws TensorFileException {
    ZipEntry entry = entry(name);
    String label = "zip entry '" + TensorFileException.printable(name) + "'";
    FileBytes header = archive.slice(entry.headerPosition(), HEADER_SIZE, label + ": its header");
    if (!header.startsWith(0, HEADER)) {
      throw header.failure(0, label + ": no header where the directory says");
    }
    long nameEnd = entry.headerPosition() + HEADER_SIZE + header.uint16(26);
    byte[] expectedName = name.getBytes(StandardCharsets.UTF_8);
    if (header.uint16(26) != expectedName.length
        || !archive.startsWith(entry.headerPosition() + HEADER_SIZE, expectedName)) {
      throw header.failure(26, label + ": its header names another entry");
    }
    if (entry.isEncrypted()
        || (entry.method() != ZipEntry.STORED && entry.method() != ZipEntry.DEFLATED)) {
      throw header.failure(8, label + ": encrypted, or compressed by method " + entry.method());
    }
    if (entry.method() == ZipEntry.STORED && entry.size() != entry.compressedSize()) {
      throw header.failure(
          18,
          label
              + ": stored in "
              + entry.compressedSize()
              + " bytes, and "
              + entry.size()
              + " long");
    }
    return archive.slice(nameEnd + header.uint16(28), entry.compressedSize(), label);
  }

  /**
   * The content of an entry, found now and inflated, where it is deflated, once and only if it is
   * read.
   *
   * @throws TensorFileException as {@link #stored} does
   */
  public Content content(String name) throws TensorFileException {
    FileBytes stored = stored(name);
    ZipEntry entry = entry(name);
    if (entry.method() == ZipEntry.STORED) {
      return stored::segment;
    }
    return file.filled(entry.size(), target -> Inflation.inflate(stored, target, entry.crc32()));
  }

  /**
   * The content of an entry as bytes to be parsed.
   *
   * @throws TensorFileException as {@link #stored} does, or if it cannot be inflated
   */
  public FileBytes bytes(String name) throws TensorFileException {
    FileBytes stored = stored(name);
    ZipEntry entry = entry(name);
    return entry.method() == ZipEntry.STORED ? stored : stored.decompressed(inflate(stored, entry));
  }

  /**
   * The first bytes of an entry's content, to be parsed; of a deflated entry no more is inflated.
   *
   * @param most how many bytes, if the content is that long
   * @throws TensorFileException as {@link #stored} does, or if they cannot be inflated
   */
  public FileBytes head(String name, int most) throws TensorFileException {
    FileBytes stored = stored(name);
    ZipEntry entry = entry(name);
    long length = Math.min(most, entry.size());
    if (entry.method() == ZipEntry.STORED) {
      return stored.slice(0, length, "the head of an entry");
    }
    MemorySegment target = MemorySegment.ofArray(new byte[(int) length]);
    Inflation.inflateHead(stored, target);
    return stored.decompressed(target);
  }

  private MemorySegment inflate(FileBytes stored, ZipEntry entry) throws TensorFileException {
    MemorySegment target = file.allocate(entry.size());
    Inflation.inflate(stored, target, entry.crc32());
    return target;
  }

  private ZipEntry entry(String name) throws TensorFileException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw archive.failure(
          archive.size(), "zip: no entry named '" + TensorFileException.printable(name) + "'");
    }
    return entry;
  }

  private void checkInflation(long limit) throws TensorFileException {
    long left = limit;
    for (ZipEntry entry : entries.values()) {
      if (entry.method() == ZipEntry.DEFLATED) {
        left -= Math.min(entry.size(), limit + 1);
      }
      if (left < 0) {
        throw archive.failure(
            entry.headerPosition(),
            "zip: would inflate to more than " + limit + " bytes, a file of " + archive.size());
      }
    }
  }
}
