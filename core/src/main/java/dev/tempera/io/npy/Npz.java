package dev.tempera.io.npy;

import dev.tempera.io.FileBytes;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import dev.tempera.io.zip.ZipArchive;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code .npz} files: a zip archive of {@code .npy} files, each a tensor under its name
 * without {@code .npy}. Whatever else the archive has is passed over. Stored arrays are used where
 * they lie; deflated ones are inflated when they are read, up to a limit for all together.
 */
public final class Npz {
  /** The name of the format. */
  public static final String FORMAT = "npz";

  /** How many bytes the deflated arrays of a file may have, unless the caller says otherwise. */
  public static final long INFLATION_LIMIT = 1L << 30;

  private static final int MOST_ARRAYS = 1 << 12;

  private Npz() {}

  /**
   * Opens a file whose deflated arrays have no more than 1 GiB together.
   *
   * @throws TensorFileException if it cannot be read, breaks a rule of its formats, or would
   *     inflate to more
   */
  public static TensorFile open(Path path) throws TensorFileException {
    return open(path, INFLATION_LIMIT);
  }

  /**
   * Opens a file.
   *
   * @param inflationLimit how many bytes its deflated arrays may have together
   * @throws TensorFileException if it cannot be read, breaks a rule of its formats, or would
   *     inflate to more
   */
  public static TensorFile open(Path path, long inflationLimit) throws TensorFileException {
    return TensorFile.open(path, file -> read(file, ZipArchive.open(file, FORMAT, inflationLimit)));
  }

  /** Whether a file is a zip archive that has an array in it. */
  public static boolean recognises(MappedFile file) {
    if (!ZipArchive.recognises(file)) {
      return false;
    }
    try {
      return ZipArchive.open(file, FORMAT).names().stream()
          .anyMatch(name -> name.endsWith(Npy.SUFFIX));
    } catch (TensorFileException noDirectory) {
      return false;
    }
  }

  /**
   * Reads a mapped file of weights, which hardly compress; it belongs to the result from then on.
   *
   * @throws TensorFileException if it breaks a rule of its formats, or would inflate to much more
   *     than its own size
   */
  public static TensorFile read(MappedFile file) throws TensorFileException {
    return read(file, ZipArchive.open(file, FORMAT));
  }

  private static TensorFile read(MappedFile file, ZipArchive archive) throws TensorFileException {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (String member : archive.names()) {
      if (member.endsWith(Npy.SUFFIX)) {
        if (entries.size() == MOST_ARRAYS) {
          throw file.as(FORMAT).failure(0, "more than " + MOST_ARRAYS + " arrays");
        }
        String name = Npy.withoutSuffix(member);
        FileBytes head = archive.head(member, NpyHeader.LONGEST);
        NpyHeader header = NpyHeader.read(head);
        entries.put(
            name,
            Npy.entry(file, name, header, head, archive.size(member), archive.content(member)));
      }
    }
    return new TensorFile(FORMAT, file, entries, Map.of());
  }
}
