package dev.tempera.vgg.mapping;

import dev.tempera.data.DType;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.io.MappedFile;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFile;
import dev.tempera.vgg.Layer;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A narrow VGG-shaped net with random weights, and a file of tensors in which it can be put under
 * any names and in any order of axes.
 */
final class SampleNet {
  static final Path PATH = Path.of("sample");

  /** VGG11's blocks. */
  static final List<List<Integer>> VGG11 =
      List.of(List.of(4), List.of(6), List.of(8, 8), List.of(10, 10), List.of(10, 10));

  private final List<List<Integer>> widths;
  private final Map<Layer, float[]> kernels = new TreeMap<>();
  private final Map<Layer, float[]> biases = new TreeMap<>();
  private final Map<Layer, Shape> shapes = new TreeMap<>();
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  SampleNet(List<List<Integer>> widths) {
    this.widths = widths;
    int channels = 3;
    for (int block = 1; block <= widths.size(); block++) {
      for (int index = 1; index <= widths.get(block - 1).size(); index++) {
        Layer layer = Layer.conv(block, index);
        int outputs = widths.get(block - 1).get(index - 1);
        shapes.put(layer, Shape.of(outputs, channels, 3, 3));
        kernels.put(layer, new Philox(7, block * 10L + index).normal(outputs * channels * 9));
        biases.put(layer, new Philox(8, block * 10L + index).normal(outputs));
        channels = outputs;
      }
    }
  }

  List<List<Integer>> widths() {
    return widths;
  }

  Iterable<Layer> layers() {
    return shapes.keySet();
  }

  float[] kernel(Layer layer) {
    return kernels.getOrDefault(layer, new float[0]);
  }

  float[] bias(Layer layer) {
    return biases.getOrDefault(layer, new float[0]);
  }

  /** The numbers of a kernel in (kH, kW, Cin, Cout). */
  float[] kernelHwio(Layer layer) {
    Shape shape = shapes.getOrDefault(layer, Shape.scalar());
    float[] from = kernel(layer);
    float[] to = new float[from.length];
    int outputs = shape.dim(0);
    int inputs = shape.dim(1);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        for (int place = 0; place < 9; place++) {
          to[(place * inputs + i) * outputs + o] = from[(o * inputs + i) * 9 + place];
        }
      }
    }
    return to;
  }

  /** Puts a kernel and its bias under names into the file. */
  SampleNet put(Layer layer, KernelOrder order, String kernelName, String biasName) {
    Shape shape = shapes.getOrDefault(layer, Shape.scalar());
    if (order == KernelOrder.OIHW) {
      tensor(kernelName, kernel(layer), shape.toArray());
    } else {
      tensor(kernelName, kernelHwio(layer), 3, 3, shape.dim(1), shape.dim(0));
    }
    return tensor(biasName, bias(layer), shape.dim(0));
  }

  SampleNet tensor(String name, float[] values, int... lengths) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    MemorySegment.copy(
        MemorySegment.ofArray(values), 0, MemorySegment.ofArray(bytes), 0, bytes.length);
    entries.put(
        name,
        TensorEntry.dense(name, DType.FLOAT32, Shape.of(lengths), MemorySegment.ofArray(bytes)));
    return this;
  }

  SampleNet text(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  TensorFile file(String format) {
    return new TensorFile(format, MappedFile.of(PATH, new byte[0]), entries, metadata);
  }
}
