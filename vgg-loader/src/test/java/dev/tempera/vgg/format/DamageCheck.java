package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;

/**
 * Reads damaged files with one reader and checks what it may do with them: understand them, or
 * refuse them with a typed error that names the format and a byte; in under 5 s, and with no more
 * memory than 16 MiB and 4 times the file.
 */
public final class DamageCheck {
  private static final int CUTS = 50;
  private static final int CHANGES = 500;
  private static final long SLOWEST_NANOSECONDS = 5_000_000_000L;
  private static final long CONSTANT_MEMORY = 16 << 20;
  private static final long MEMORY_PER_BYTE = 4;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final TensorFile.Reader reader;
  private final Path path;

  /**
   * What it took to read a file.
   *
   * @param understood whether it was understood, or refused
   * @param fileSize the length of the file in bytes
   * @param memory bytes allocated, also those that were no longer needed at the end
   * @param nanoseconds how long it took
   */
  public record Cost(boolean understood, long fileSize, long memory, long nanoseconds) {}

  /** Checks a reader of one format, or of several. */
  public DamageCheck(TensorFile.Reader reader) {
    this(reader, Path.of("damaged"));
  }

  /**
   * Checks a reader of files that have others beside them.
   *
   * @param path where files would lie
   */
  public DamageCheck(TensorFile.Reader reader, Path path) {
    this.reader = reader;
    this.path = path;
  }

  /**
   * Reads a sound file, the file cut short at 50 places, and the file with one random byte changed,
   * 500 times. What is read from a cut file must be as in the whole one.
   *
   * @param seed of the random changes
   */
  public void survives(byte[] whole, long seed) throws IOException {
    Map<String, float[]> expected = readAll(whole);
    for (int cut = 0; cut < CUTS; cut++) {
      byte[] head = cut(whole, cut);
      readOrRefuse(head);
      try {
        readAll(head)
            .forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
      } catch (TensorFileException refused) {
        assertThat(refused.byteOffset()).isLessThanOrEqualTo(head.length);
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int change = 0; change < CHANGES; change++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) random.nextInt(1, 256);
      readOrRefuse(changed);
    }
  }

  /** Cuts a sound file short at 50 places, and expects every part to be refused. */
  public void refusesEveryCut(byte[] whole) {
    for (int cut = 0; cut < CUTS; cut++) {
      byte[] head = cut(whole, cut);
      assertThatExceptionOfType(TensorFileException.class)
          .as("cut to %d bytes", head.length)
          .isThrownBy(() -> readAll(head));
    }
  }

  /** Reads anything at all, and expects a result or a typed error, quickly and in little memory. */
  public Cost readOrRefuse(byte[] content) {
    long allowed = CONSTANT_MEMORY + MEMORY_PER_BYTE * content.length;
    Cost cost = read(content);
    if (cost.memory() > allowed) {
      // The first reading of its kind also loads classes.
      cost = read(content);
    }
    assertThat(cost.memory()).isLessThanOrEqualTo(allowed);
    assertThat(cost.nanoseconds()).isLessThan(SLOWEST_NANOSECONDS);
    return cost;
  }

  private static byte[] cut(byte[] whole, int place) {
    return Arrays.copyOf(whole, (int) ((long) whole.length * place / CUTS));
  }

  private Cost read(byte[] content) {
    long start = System.nanoTime();
    long before = THREAD.getCurrentThreadAllocatedBytes();
    long outsideHeap = 0;
    boolean understood = false;
    try (MappedFile mapped = MappedFile.of(path, content);
        TensorFile file = reader.read(mapped)) {
      outsideHeap = memoryBesideFile(mapped, file);
      understood = true;
    } catch (TensorFileException refused) {
      assertThat(refused.byteOffset()).isBetween(0L, (long) content.length);
      assertThat(refused).hasMessageContaining(": " + refused.format() + ", ");
      assertThat(refused.getMessage()).doesNotContain("\n");
    } catch (RuntimeException | Error unchecked) {
      return Assertions.fail("a file of " + content.length + " bytes throws", unchecked);
    }
    long memory = THREAD.getCurrentThreadAllocatedBytes() - before + outsideHeap;
    return new Cost(understood, content.length, memory, System.nanoTime() - start);
  }

  /** The bytes of tensors that do not lie in the mapped file, each block counted once. */
  private static long memoryBesideFile(MappedFile mapped, TensorFile file)
      throws TensorFileException {
    MemorySegment whole = mapped.as("damaged").segment();
    Map<Long, Long> blocks = new HashMap<>();
    for (TensorEntry entry : file.entries().values()) {
      MemorySegment bytes = entry.bytes();
      assertThat(bytes.byteSize()).isEqualTo(entry.spanBytes());
      if (whole.asOverlappingSlice(bytes).isEmpty()) {
        blocks.merge(bytes.address(), bytes.byteSize(), Math::max);
      }
    }
    return blocks.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<String, float[]> readAll(byte[] content) throws TensorFileException {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (MappedFile mapped = MappedFile.of(path, content);
        TensorFile file = reader.read(mapped)) {
      for (TensorEntry entry : file.entries().values()) {
        values.put(entry.name(), entry.toFloats());
      }
    }
    return values;
  }
}
