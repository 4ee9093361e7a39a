package dev.tempera.vgg.mapping;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import dev.tempera.io.TensorFileException;
import dev.tempera.tensor.Tensor;
import dev.tempera.vgg.ConvWeights;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * The tensors of a file that make one convolution; nothing is read before it is asked for.
 *
 * @param kernel (Cout, Cin, kH, kW), a view of what the file has
 * @param bias (Cout); without one it is zero
 * @param normalization folded into kernel and bias as they are read
 * @param flipped whether the file keeps kernels turned by 180°, as frameworks do that convolve in
 *     the mathematical sense
 */
public record ConvolutionEntry(
    TensorEntry kernel,
    Optional<TensorEntry> bias,
    Optional<BatchNormalization> normalization,
    boolean flipped) {

  /** The shape of the kernel, (Cout, Cin, kH, kW). */
  public Shape shape() {
    return kernel.shape();
  }

  /** How many channels come out. */
  public int outputChannels() {
    return shape().dim(0);
  }

  /**
   * The kernel as it is applied, with everything folded in: (Cout, Cin, kH, kW), row-major.
   *
   * @throws TensorFileException if the file's bytes cannot be decompressed
   */
  public float[] kernelValues() throws TensorFileException {
    return folded().kernel;
  }

  /**
   * The bias as it is applied, with everything folded in: (Cout).
   *
   * @throws TensorFileException if the file's bytes cannot be decompressed
   */
  public float[] biasValues() throws TensorFileException {
    return normalization.isPresent() ? folded().bias : storedBias();
  }

  /**
   * Kernel and bias as tensors of the innermost scope.
   *
   * @throws TensorFileException if the file's bytes cannot be decompressed
   */
  public ConvWeights load() throws TensorFileException {
    Shape biasShape = Shape.of(outputChannels());
    if (normalization.isPresent() || flipped) {
      Values values = folded();
      return new ConvWeights(
          Tensor.of(values.kernel, shape().toArray()), Tensor.of(values.bias, biasShape.toArray()));
    }
    // In the order in which files have them: some are compressed as a whole.
    Tensor weights = tensor(kernel, shape());
    Tensor offsets =
        bias.isPresent() ? tensor(bias.get(), biasShape) : Tensor.zeros(outputChannels());
    return new ConvWeights(weights, offsets);
  }

  private static Tensor tensor(TensorEntry entry, Shape shape) throws TensorFileException {
    if (entry.dtype() == DType.FLOAT32 && entry.shape().equals(shape)) {
      return entry.toTensor();
    }
    try (Arena arena = Arena.ofConfined()) {
      return Tensor.upload(entry.toFloat32(arena), DType.FLOAT32, shape);
    }
  }

  private float[] storedBias() throws TensorFileException {
    return bias.isPresent() ? bias.get().toFloats() : new float[outputChannels()];
  }

  private Values folded() throws TensorFileException {
    float[] values = kernel.toFloats();
    float[] offsets = storedBias();
    if (flipped) {
      turn(values, shape().dim(2) * shape().dim(3));
    }
    if (normalization.isPresent()) {
      normalization.get().foldInto(values, offsets);
    }
    return new Values(values, offsets);
  }

  /** Turns each plane by 180°, which is reading it backwards. */
  private static void turn(float[] values, int plane) {
    for (int start = 0; start < values.length; start += plane) {
      for (int i = 0; i < plane / 2; i++) {
        float kept = values[start + i];
        values[start + i] = values[start + plane - 1 - i];
        values[start + plane - 1 - i] = kept;
      }
    }
  }

  /** Kernel and bias, row-major. */
  private static final class Values {
    private final float[] kernel;
    private final float[] bias;

    Values(float[] kernel, float[] bias) {
      this.kernel = kernel;
      this.bias = bias;
    }
  }
}
