package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an HDF5 file from its superblock on, by address. Addresses and lengths have 8 bytes
 * each.
 *
 * @param file the bytes, of which the first has the address 0
 * @param rootHeader the address of the root group's object header
 */
record Hdf5Bytes(FileBytes file, long rootHeader) {
  /** The address of what does not exist. */
  static final long UNDEFINED = -1;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final int FIRST_USER_BLOCK = 512;

  /** Where the superblock is: at the start, at 512, or at a power of two above; negative if not. */
  static long findSuperblock(FileBytes file) {
    if (file.startsWith(0, SIGNATURE)) {
      return 0;
    }
    for (long at = FIRST_USER_BLOCK; at > 0 && at < file.size(); at *= 2) {
      if (file.startsWith(at, SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Reads the superblock.
   *
   * @throws TensorFileException if there is none, it is of an unknown version, or the file is
   *     shorter than it says
   */
  static Hdf5Bytes open(FileBytes whole) throws TensorFileException {
    long start = findSuperblock(whole);
    if (start < 0) {
      throw whole.failure(0, "no superblock at byte 0, 512 or a power of two above");
    }
    FileBytes file = whole.slice(start, whole.size() - start, "the file");
    int version = file.uint8(8);
    int sizes = version < 2 ? 13 : 9;
    if (version > 3 || file.uint8(sizes) != Long.BYTES || file.uint8(sizes + 1) != Long.BYTES) {
      throw file.failure(
          8,
          "superblock of version "
              + version
              + " with addresses of "
              + file.uint8(sizes)
              + " bytes; versions 0 to 3 with 8 bytes are known");
    }
    int baseAddress = version == 0 ? 24 : version == 1 ? 28 : 12;
    long end = file.int64(baseAddress + 16);
    if (end < 0 || end > whole.size()) {
      throw file.failure(
          baseAddress + 16,
          "the file is cut short: its superblock says "
              + Long.toUnsignedString(end)
              + " bytes, it has "
              + whole.size());
    }
    long root = file.int64(version < 2 ? baseAddress + 40 : baseAddress + 24);
    return new Hdf5Bytes(file, root);
  }

  /** The bytes at an address. */
  FileBytes at(long address, long length, String what) throws TensorFileException {
    if (address < 0) {
      throw file.failure(0, what + " has the address " + Long.toUnsignedString(address));
    }
    return file.slice(address, length, what);
  }

  /** The bytes of a structure that starts with a signature of four letters. */
  FileBytes structure(long address, long length, String signature) throws TensorFileException {
    FileBytes bytes = at(address, length, "a structure " + signature);
    if (!bytes.startsWith(0, signature.getBytes(StandardCharsets.US_ASCII))) {
      throw bytes.failure(0, "expected a structure that starts with " + signature);
    }
    return bytes;
  }

  /** The text from a position to the next zero byte, or to the end. */
  static String zeroTerminated(FileBytes bytes, long position, String what)
      throws TensorFileException {
    long end = position;
    while (end < bytes.size() && bytes.uint8(end) != 0) {
      end++;
    }
    return bytes.text(position, end - position, StandardCharsets.UTF_8, what);
  }
}
