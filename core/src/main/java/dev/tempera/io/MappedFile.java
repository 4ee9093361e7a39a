package dev.tempera.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * A file mapped into memory, read-only, and the arena that everything read from it lives in. Any
 * thread may read it; closing it makes every segment taken from it inaccessible.
 */
public final class MappedFile implements AutoCloseable {
  private static final int ALIGNMENT = 64;
  private static final Pattern PLAIN_NAME = Pattern.compile("[\\w-][\\w.+ -]{0,200}");

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
  }

  /**
   * Maps a file.
   *
   * @throws TensorFileException if there is no such file, it is a directory, or it cannot be read
   */
  public static MappedFile open(Path path) throws TensorFileException {
    if (!Files.exists(path)) {
      throw new TensorFileException(path, "there is no such file");
    }
    if (!Files.isRegularFile(path)) {
      String kind = Files.isDirectory(path) ? "a directory" : "a device or pipe";
      throw new TensorFileException(path, "this is " + kind + ", not a file");
    }
    Arena arena = Arena.ofShared();
    try {
      return new MappedFile(path, arena, map(path, arena));
    } catch (TensorFileException unreadable) {
      arena.close();
      throw unreadable;
    }
  }

  /**
   * Maps a second file, of the same folder, which some formats spread tensors over; it is unmapped
   * with this one.
   *
   * @param name the name of the file, without any folder
   * @param format the format it is read as, for errors
   * @throws TensorFileException if the name is no plain one, or there is no such file, or it cannot
   *     be read
   */
  public FileBytes beside(String name, String format) throws TensorFileException {
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw as(format)
          .failure(
              0,
              "'"
                  + TensorFileException.printable(name)
                  + "' is no plain file name; parts lie in the folder of the file that lists them");
    }
    Path part = path.resolveSibling(name);
    if (!Files.isRegularFile(part)) {
      throw as(format).failure(0, "the file '" + name + "' belongs beside it and is not there");
    }
    return new FileBytes(part, format, map(part, arena), 0);
  }

  private static MemorySegment map(Path path, Arena arena) throws TensorFileException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException cause) {
      TensorFileException failure = new TensorFileException(path, "cannot be read (" + cause + ")");
      failure.initCause(cause);
      throw failure;
    }
  }

  /**
   * A file whose content is in memory already, such as a resource of the program; it is copied.
   *
   * @param path what to call it in messages
   */
  public static MappedFile of(Path path, byte[] content) {
    Arena arena = Arena.ofShared();
    MemorySegment bytes = arena.allocate(content.length, ALIGNMENT);
    MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, 0, content.length);
    return new MappedFile(path, arena, bytes);
  }

  /** The file, as it was named when it was opened. */
  public Path path() {
    return path;
  }

  /** The length of the file in bytes. */
  public long size() {
    return bytes.byteSize();
  }

  /**
   * The whole file as a reader of one format sees it: every fault it finds is reported under that
   * format's name.
   */
  public FileBytes as(String format) {
    return new FileBytes(path, format, bytes, 0);
  }

  /**
   * Memory that lives as long as the file is open, for contents that cannot be used where they lie
   * (compressed or of the other byte order). The caller bounds the size first.
   */
  public MemorySegment allocate(long byteSize) {
    return arena.allocate(byteSize, ALIGNMENT);
  }

  /**
   * Content in such memory, which is lent and filled the first time that the content is read.
   *
   * @param byteSize how much memory it takes, which the caller bounds first
   */
  public TensorEntry.Content filled(long byteSize, Filler filler) {
    TensorEntry.Content content =
        () -> {
          MemorySegment target = allocate(byteSize);
          filler.fill(target);
          return target;
        };
    return content.cached();
  }

  /** Writes content. */
  @FunctionalInterface
  public interface Filler {
    /**
     * Fills memory, which holds zeros, from its start to its end.
     *
     * @throws TensorFileException if the file's bytes are not what they must be
     */
    void fill(MemorySegment target) throws TensorFileException;
  }

  /** Unmaps the file; closing it again does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
