package dev.tempera.vgg.format.hdf5;

import dev.tempera.io.FileBytes;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.format.element.ZlibStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done to each chunk before it was written, first step first.
 *
 * @param steps the steps
 */
record Filters(List<Step> steps) {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;
  private static final int MOST_STEPS = 32;
  private static final int CHECKSUM_SIZE = 4;
  private static final int FIRST_NAMED = 256;

  /**
   * One step.
   *
   * @param id the filter's registered number
   * @param parameter its first parameter, 0 if it has none
   */
  record Step(int id, long parameter) {}

  /**
   * Reads a filter pipeline message.
   *
   * @throws TensorFileException if it is damaged, or has a filter that is not supported
   */
  static Filters read(FileBytes body) throws TensorFileException {
    int version = body.uint8(0);
    int count = body.uint8(1);
    if (version < 1 || version > 2 || count > MOST_STEPS) {
      throw body.failure(0, count + " filters in a list of version " + version);
    }
    List<Step> steps = new ArrayList<>();
    long at = version == 1 ? 8 : 2;
    for (int i = 0; i < count; i++) {
      int id = body.uint16(at);
      boolean named = version == 1 || id >= FIRST_NAMED;
      int nameLength = named ? body.uint16(at + 2) : 0;
      int parameters = body.uint16(at + (named ? 6 : 4));
      if (id < DEFLATE || id > FLETCHER32) {
        throw body.failure(
            at, "filter " + id + "; known are 1 (deflate), 2 (shuffle) and 3 (checksum)");
      }
      at += (named ? 8 : 6) + (version == 1 ? (nameLength + 7) & -8 : nameLength);
      steps.add(new Step(id, parameters == 0 ? 0 : body.uint32(at)));
      at += 4L * (version == 1 ? (parameters + 1) & -2 : parameters);
    }
    return new Filters(steps);
  }

  /**
   * The bytes of a chunk as they were before the first step.
   *
   * @param stored the chunk as it lies in the file
   * @param mask bit i: step i was left out
   * @param size how many bytes there were
   * @throws TensorFileException if the chunk is damaged
   */
  MemorySegment undo(FileBytes stored, long mask, long size, Arena arena)
      throws TensorFileException {
    FileBytes current = stored;
    for (int i = steps.size() - 1; i >= 0; i--) {
      if ((mask >>> i & 1) == 0) {
        current = undo(steps.get(i), current, sizeAfter(i, mask, size), arena);
      }
    }
    if (current.size() != size) {
      throw stored.failure(0, "a chunk of " + current.size() + " bytes, expected " + size);
    }
    return current.segment();
  }

  /** The size of a chunk before step i was done to it; a checksum done earlier adds to it. */
  private long sizeAfter(int i, long mask, long size) {
    long result = size;
    for (int earlier = 0; earlier < i; earlier++) {
      boolean done = (mask >>> earlier & 1) == 0;
      result += done && steps.get(earlier).id() == FLETCHER32 ? CHECKSUM_SIZE : 0;
    }
    return result;
  }

  private static FileBytes undo(Step step, FileBytes bytes, long size, Arena arena)
      throws TensorFileException {
    return switch (step.id()) {
      case DEFLATE -> {
        MemorySegment target = arena.allocate(size);
        ZlibStream.inflate(bytes, target);
        yield bytes.decompressed(target);
      }
      case SHUFFLE -> {
        MemorySegment target = arena.allocate(bytes.size());
        unshuffle(bytes.segment(), target, step.parameter());
        yield bytes.decompressed(target);
      }
      default -> verified(bytes);
    };
  }

  /** The bytes before their checksum, which must be theirs. */
  private static FileBytes verified(FileBytes bytes) throws TensorFileException {
    long end = bytes.size() - CHECKSUM_SIZE;
    FileBytes content = bytes.slice(0, end, "a chunk without its checksum");
    int expected = bytes.int32(end);
    int checksum = Fletcher32.of(content.segment());
    if (expected != checksum && expected != Fletcher32.exchanged(checksum)) {
      throw bytes.failure(
          0,
          String.format(
              "a chunk is damaged: its checksum is %08x, that of its bytes is %08x",
              expected, checksum));
    }
    return content;
  }

  /** Puts the first bytes of all elements, then all second ones, together as elements again. */
  private static void unshuffle(MemorySegment source, MemorySegment target, long width) {
    long count = width == 0 ? 0 : source.byteSize() / width;
    for (long element = 0; element < count; element++) {
      for (long i = 0; i < width; i++) {
        byte value = source.get(ValueLayout.JAVA_BYTE, i * count + element);
        target.set(ValueLayout.JAVA_BYTE, element * width + i, value);
      }
    }
    long rest = count * width;
    MemorySegment.copy(source, rest, target, rest, source.byteSize() - rest);
  }
}
