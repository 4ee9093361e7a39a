package dev.tempera.weights;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.io.TensorFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Filter nets as safetensors files: {@code conv1_1.weight} (Cout, Cin, 3, 3) and {@code
 * conv1_1.bias} (Cout) for each level, in float32.
 */
final class FilterNetFile {
  private FilterNetFile() {}

  /**
   * Writes a net, whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  static void write(Path path, FilterNet net) throws IOException {
    List<TensorEntry> entries = new ArrayList<>();
    for (FilterLevel level : net.levels()) {
      int size = FilterLevel.KERNEL_SIZE;
      Shape kernel = Shape.of(level.outputChannels(), level.inputChannels(), size, size);
      entries.add(entry(kernelName(level.name()), kernel, level.kernel()));
      entries.add(entry(biasName(level.name()), Shape.of(level.outputChannels()), level.bias()));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("description", net.summary());
    metadata.put("input_mean", Float.toString(FilterNet.INPUT_MEAN));
    metadata.put("input_deviation", Float.toString(FilterNet.INPUT_DEVIATION));
    metadata.put("padding", "reflect");
    SafetensorsWriter.write(path, entries, metadata);
  }

  private static TensorEntry entry(String name, Shape shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return TensorEntry.dense(name, DType.FLOAT32, shape, MemorySegment.ofBuffer(bytes));
  }

  /**
   * The levels of a net in a file.
   *
   * @throws TensorFileException if a level has no bias
   * @throws IllegalArgumentException if the channels of two levels do not fit
   */
  static List<FilterLevel> read(TensorFile file) throws TensorFileException {
    List<FilterLevel> levels = new ArrayList<>();
    int channels = 3;
    for (int block = 1; file.entries().containsKey(kernelName(block + "_1")); block++) {
      String name = block + "_1";
      float[] kernel = file.entry(kernelName(name)).toFloats();
      float[] bias = file.entry(biasName(name)).toFloats();
      levels.add(new FilterLevel(name, channels, kernel, bias));
      channels = bias.length;
    }
    return levels;
  }

  private static String kernelName(String level) {
    return "conv" + level + ".weight";
  }

  private static String biasName(String level) {
    return "conv" + level + ".bias";
  }
}
