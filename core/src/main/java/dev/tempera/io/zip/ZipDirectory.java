package dev.tempera.io.zip;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the central directory of a zip archive (with the 64-bit extension) into entries by name.
 * Names are only compared, never used as paths, and every size and place is checked against the
 * file.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, section
 *     4.3</a>
 */
final class ZipDirectory {
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR_64_SIZE = 20;
  private static final int END_64_SIZE = 56;
  private static final int ENTRY_SIZE = 46;
  private static final int MOST_ENTRIES = 1 << 13;
  private static final int EXTRA_64 = 1;
  private static final long IN_EXTRA_64 = 0xFFFF_FFFFL;
  private static final byte[] END = {'P', 'K', 5, 6};
  private static final byte[] LOCATOR_64 = {'P', 'K', 6, 7};
  private static final byte[] END_64 = {'P', 'K', 6, 6};
  private static final byte[] ENTRY = {'P', 'K', 1, 2};

  private final FileBytes archive;

  private ZipDirectory(FileBytes archive) {
    this.archive = archive;
  }

  /**
   * The entries of an archive, in the directory's order.
   *
   * @throws TensorFileException if there is no directory or it is broken
   */
  static Map<String, ZipEntry> read(FileBytes archive) throws TensorFileException {
    ZipDirectory directory = new ZipDirectory(archive);
    long end = directory.findEnd();
    long locator = end - LOCATOR_64_SIZE;
    if (archive.startsWith(locator, LOCATOR_64)) {
      long end64 = archive.int64(locator + 8);
      FileBytes record = archive.slice(end64, END_64_SIZE, "the zip64 end record");
      if (!record.startsWith(0, END_64)) {
        throw record.failure(0, "zip: no zip64 end record where its locator says");
      }
      return directory.readEntries(record.int64(48), record.int64(40), record.int64(32));
    }
    return directory.readEntries(
        archive.uint32(end + 16), archive.uint32(end + 12), archive.uint16(end + 10));
  }

  private long findEnd() throws TensorFileException {
    long last = archive.size() - END_SIZE;
    for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (archive.startsWith(at, END) && archive.uint16(at + 20) == last - at) {
        return at;
      }
    }
    throw archive.failure(
        archive.size(), "zip: the end record is missing; the file is cut short or damaged");
  }

  private Map<String, ZipEntry> readEntries(long position, long size, long count)
      throws TensorFileException {
    FileBytes directory = archive.slice(position, size, "the zip directory");
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    long at = 0;
    long left = archive.size();
    while (at < size) {
      if (!directory.startsWith(at, ENTRY)) {
        throw directory.failure(at, "zip: expected an entry of the directory");
      }
      FileBytes fixed = directory.slice(at, ENTRY_SIZE, "a directory entry");
      int nameLength = fixed.uint16(28);
      int extraLength = fixed.uint16(30);
      String name =
          directory.text(at + ENTRY_SIZE, nameLength, StandardCharsets.UTF_8, "an entry's name");
      FileBytes extra =
          directory.slice(at + ENTRY_SIZE + nameLength, extraLength, "an entry's extra field");
      ZipEntry entry = readEntry(name, fixed, extra);
      if (entry.compressedSize() < 0 || entry.compressedSize() > left) {
        throw directory.failure(
            at, "zip: the entries up to this have more bytes together than the archive");
      }
      left -= entry.compressedSize();
      if (entries.put(name, entry) != null) {
        throw directory.failure(
            at, "zip: two entries named '" + TensorFileException.printable(name) + "'");
      }
      if (entries.size() > MOST_ENTRIES) {
        throw directory.failure(at, "zip: more than " + MOST_ENTRIES + " entries");
      }
      at += ENTRY_SIZE + nameLength + extraLength + fixed.uint16(32);
    }
    if (entries.size() != count) {
      throw directory.failure(
          0, "zip: the directory has " + entries.size() + " entries, its end record says " + count);
    }
    return entries;
  }

  private ZipEntry readEntry(String name, FileBytes fixed, FileBytes extra)
      throws TensorFileException {
    long size = fixed.uint32(24);
    long compressedSize = fixed.uint32(20);
    long headerPosition = fixed.uint32(42);
    if (size == IN_EXTRA_64 || compressedSize == IN_EXTRA_64 || headerPosition == IN_EXTRA_64) {
      long at = findExtra64(extra);
      if (size == IN_EXTRA_64) {
        size = extra.int64(at);
        at += Long.BYTES;
      }
      if (compressedSize == IN_EXTRA_64) {
        compressedSize = extra.int64(at);
        at += Long.BYTES;
      }
      if (headerPosition == IN_EXTRA_64) {
        headerPosition = extra.int64(at);
      }
    }
    if (size < 0) {
      throw fixed.failure(24, "zip: an entry of " + Long.toUnsignedString(size) + " bytes");
    }
    if (headerPosition < 0 || headerPosition > archive.size()) {
      throw fixed.failure(
          42,
          "zip: an entry starts at byte "
              + Long.toUnsignedString(headerPosition)
              + " of a file of "
              + archive.size());
    }
    return new ZipEntry(
        name,
        fixed.uint16(8),
        fixed.uint16(10),
        fixed.uint32(16),
        compressedSize,
        size,
        headerPosition);
  }

  private static long findExtra64(FileBytes extra) throws TensorFileException {
    long at = 0;
    while (at + 4 <= extra.size()) {
      if (extra.uint16(at) == EXTRA_64) {
        return at + 4;
      }
      at += 4 + extra.uint16(at + 2);
    }
    throw extra.failure(0, "zip: an entry lacks its zip64 sizes");
  }
}
