package dev.tempera.vgg.mapping;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import dev.tempera.data.Shape;
import dev.tempera.io.SafetensorsWriter;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.vgg.Layer;
import dev.tempera.vgg.WeightMetadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a net as safetensors: kernels as (Cout, Cin, kH, kW) and biases under layer names, with
 * what else belongs to them in the header. One tensor at a time is in memory.
 */
public final class WeightConversion {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private WeightConversion() {}

  /** The numbers of a tensor, row-major, made when they are asked for. */
  @FunctionalInterface
  private interface Numbers {
    float[] read() throws TensorFileException;
  }

  /**
   * Writes a net, whole or not at all.
   *
   * @param out where; an existing file is replaced
   * @param mapping of an open file
   * @param until nothing behind this layer is written
   * @param type float32, float16 or bfloat16; numbers are rounded to the nearest
   * @param metadata for the header
   * @throws IllegalArgumentException if the type is another
   * @throws IOException if the weights cannot be read or the file cannot be written
   */
  public static void write(
      Path out, NetMapping mapping, Layer until, DType type, WeightMetadata metadata)
      throws IOException {
    if (type != DType.FLOAT32 && type != DType.FLOAT16 && type != DType.BFLOAT16) {
      throw new IllegalArgumentException(
          "weights are written as float32, float16 or bfloat16, not as " + type);
    }
    List<TensorEntry> tensors = new ArrayList<>();
    for (Map.Entry<Layer, ConvolutionEntry> entry : mapping.convolutions().entrySet()) {
      if (entry.getKey().compareTo(until) <= 0) {
        ConvolutionEntry convolution = entry.getValue();
        String layer = entry.getKey().toString();
        Shape bias = Shape.of(convolution.outputChannels());
        tensors.add(
            tensor(layer + ".weight", type, convolution.shape(), convolution::kernelValues));
        tensors.add(tensor(layer + ".bias", type, bias, convolution::biasValues));
      }
    }
    SafetensorsWriter.write(out, tensors, metadata.toHeader());
  }

  private static TensorEntry tensor(String name, DType type, Shape shape, Numbers numbers) {
    return new TensorEntry(
        name, type, shape, shape.rowMajorStrides(), 0, () -> bytes(numbers.read(), type));
  }

  private static MemorySegment bytes(float[] values, DType type) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[values.length * type.byteSize()]);
    for (int i = 0; i < values.length; i++) {
      switch (type) {
        case FLOAT16 -> bytes.set(SHORT, 2L * i, HalfFloats.toFloat16(values[i]));
        case BFLOAT16 -> bytes.set(SHORT, 2L * i, HalfFloats.toBfloat16(values[i]));
        default -> bytes.set(FLOAT, 4L * i, values[i]);
      }
    }
    return bytes;
  }
}
