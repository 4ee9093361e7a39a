package dev.tempera.vgg.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.DType;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What another reader sees in a file, by the names that ours gives. */
final class OtherReading {
  private static final ValueLayout.OfDouble FLOAT64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong INT64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Map<String, int[]> lengths = new LinkedHashMap<>();
  private final Map<String, double[]> elements = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Gives the element at an index of each axis. */
  @FunctionalInterface
  interface Elements {
    double at(int[] index);
  }

  void text(String name, String text) {
    texts.put(name, text);
  }

  /** Adds an array; int64 is rounded to double. */
  void numbers(String name, int[] axes, Elements source) {
    int count = 1;
    for (int length : axes) {
      count *= length;
    }
    double[] values = new double[count];
    int[] index = new int[axes.length];
    for (int i = 0; i < count; i++) {
      values[i] = source.at(index);
      for (int axis = axes.length - 1; axis >= 0 && ++index[axis] == axes[axis]; axis--) {
        index[axis] = 0;
      }
    }
    lengths.put(name, axes);
    elements.put(name, values);
  }

  /** Checks that our reader sees the same numbers, and the same texts among others. */
  void assertIs(TensorFile file) throws TensorFileException {
    assertThat(file.metadata()).containsAllEntriesOf(texts);
    assertThat(file.entries()).containsOnlyKeys(lengths.keySet());
    for (TensorEntry entry : file.entries().values()) {
      String name = entry.name();
      assertThat(entry.shape().toArray()).as(name).isEqualTo(lengths.get(name));
      assertThat(elements(entry)).as(name).isEqualTo(elements.get(name));
    }
  }

  private static double[] elements(TensorEntry entry) throws TensorFileException {
    double[] values = new double[(int) entry.shape().size()];
    float[] rounded = entry.toFloats();
    DType type = entry.dtype();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = entry.toRowMajor(arena);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (type) {
              case FLOAT64 -> bytes.getAtIndex(FLOAT64, i);
              case INT64 -> bytes.getAtIndex(INT64, i);
              case INT32 -> bytes.getAtIndex(INT32, i);
              default -> rounded[i];
            };
      }
    }
    return values;
  }
}
