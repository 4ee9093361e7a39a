package dev.tempera.io.zip;

/**
 * One entry of a zip archive, as the central directory describes it.
 *
 * @param name the name, never used as a path
 * @param flags general purpose bit flags
 * @param method the compression method: 0 stored, 8 deflated
 * @param crc32 the checksum of the content
 * @param compressedSize bytes in the file
 * @param size bytes of the content
 * @param headerPosition where the entry's own header starts
 */
record ZipEntry(
    String name,
    int flags,
    int method,
    long crc32,
    long compressedSize,
    long size,
    long headerPosition) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  boolean isEncrypted() {
    return (flags & 1) != 0;
  }
}
