package dev.tempera.cpu.norm;

import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormParams;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * What a normalisation does to the elements of each channel of each image, read from its small
 * operands.
 */
record NormFactors(
    NormGeometry geometry,
    NormParams params,
    DoubleTable means,
    DoubleTable variances,
    FloatTable scales,
    FloatTable shifts)
    implements AutoCloseable {
  /** The factors of a normalisation. */
  static NormFactors of(
      NormGeometry geometry,
      NormParams params,
      Moments moments,
      @Nullable View scale,
      @Nullable View shift,
      CpuMemory memory,
      CpuCopy copy) {
    return new NormFactors(
        geometry,
        params,
        DoubleTable.over(copy.contiguous(moments.mean(), MemoryOrder.ROW_MAJOR)),
        DoubleTable.over(copy.contiguous(moments.variance(), MemoryOrder.ROW_MAJOR)),
        FloatTable.copyOf(scale, 1, geometry.channels(), memory, copy),
        FloatTable.copyOf(shift, 0, geometry.channels(), memory, copy));
  }

  double mean(int image, int channel) {
    return means.get(geometry.group(image, channel));
  }

  double inverse(int image, int channel) {
    return params.inverseDeviation(variances.get(geometry.group(image, channel)));
  }

  double inverseSlope(int image, int channel) {
    return params.inverseDeviationSlope(variances.get(geometry.group(image, channel)));
  }

  /** The float32 number next to the mean, which elements are centred by. */
  float centre(int image, int channel) {
    return (float) mean(image, channel);
  }

  /** How far beyond the mean that number lies. */
  double centreError(int image, int channel) {
    return centre(image, channel) - mean(image, channel);
  }

  /** What centred elements are multiplied by. */
  double factor(int image, int channel) {
    return inverse(image, channel) * scales.get(image, channel);
  }

  /** What is added to them then. */
  double shift(int image, int channel) {
    double correction = centreError(image, channel) * factor(image, channel);
    return shifts.get(image, channel) + correction;
  }

  @Override
  public void close() {
    means.close();
    variances.close();
    scales.close();
    shifts.close();
  }
}
