package dev.tempera.cpu.norm;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormParams;
import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.MomentLoops;
import dev.tempera.cpu.simd.NormLoops;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Moments of float32 tensors, read once, and normalisation, read once and written once. Means of
 * cells and squares around them are combined as Chan, Golub and LeVeque (1979) do, so the variance
 * keeps its accuracy where the mean is far larger than the deviation.
 */
public final class CpuNorm {
  /** Elements that a task writes, about. */
  static final int PART = 1 << 15;

  private final CpuMemory memory;
  private final Workers workers;
  private final CpuCopy copy;

  /** Normalisation in this memory by these threads. */
  public CpuNorm(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.workers = workers;
    this.copy = copy;
  }

  /** See {@link dev.tempera.backend.NormOps#moments}; float32 only. */
  public Moments moments(View x, NormGroups groups, NormParams params) {
    NormGeometry geometry = NormGeometry.of(x, groups);
    Shape shape = groups.momentsShape(x.shape());
    View mean = memory.allocate(DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR);
    View variance = memory.allocate(DType.FLOAT64, shape, MemoryOrder.ROW_MAJOR);
    if (x.shape().size() == 0) {
      copy.fill(mean, Double.NaN);
      copy.fill(variance, Double.NaN);
      return new Moments(mean, variance);
    }
    DoubleTable means = DoubleTable.over(mean);
    DoubleTable variances = DoubleTable.over(variance);
    long divisor = params.divisor(geometry.groupElements());
    try (DenseOperand in = DenseOperand.of(x, NormOps.strides(x), copy);
        CellSums sums = CellSums.of(geometry, momentLoops(geometry, in), memory, workers)) {
      workers.forRange(
          geometry.groupCount(),
          1 << 9,
          (first, end) -> {
            for (int group = (int) first; group < end; group++) {
              combine(geometry, in.address(), sums, group, divisor, means, variances);
            }
          });
    }
    return new Moments(mean, variance);
  }

  private static CellSums.Loops momentLoops(NormGeometry geometry, DenseOperand in) {
    return new CellSums.Loops() {
      private final long from = in.address();
      private final long elements = geometry.cellElements();
      private final int columns = geometry.cellColumns();

      @Override
      public void run(int cell, long start, long count, long sums, long lanes) {
        long first = from + cell * elements * Float.BYTES;
        MomentLoops.run(first + start * Float.BYTES, count, first, sums, lanes);
      }

      @Override
      public void columns(int row, long start, int count, long sums) {
        long rowBytes = (long) columns * Float.BYTES;
        long first = from + row * elements * rowBytes;
        MomentLoops.columns(first + start * rowBytes, count, rowBytes, columns, first, sums);
      }
    };
  }

  /** The moments of a group from the sums of its cells. */
  private static void combine(
      NormGeometry geometry,
      long from,
      CellSums sums,
      int group,
      long divisor,
      DoubleTable means,
      DoubleTable variances) {
    long elements = geometry.cellElements();
    double[] total = new double[2];
    geometry.forEachCell(
        group, (row, column) -> total[0] += cellMean(geometry, from, sums, row, column));
    long cells = geometry.groupElements() / elements;
    double mean = total[0] / cells;
    geometry.forEachCell(
        group,
        (row, column) -> {
          double sum = sums.first(row, column);
          double inside = sums.second(row, column) - sum * sum / elements;
          double distance = cellMean(geometry, from, sums, row, column) - mean;
          total[1] += inside + elements * distance * distance;
        });
    means.set(group, mean);
    variances.set(group, Math.max(total[1], 0) / divisor);
  }

  private static double cellMean(
      NormGeometry geometry, long from, CellSums sums, int row, int column) {
    long elements = geometry.cellElements();
    long first =
        geometry.kind() == NormGeometry.Kind.COLUMNS
            ? row * elements * geometry.cellColumns() + column
            : ((long) row * geometry.cellColumns() + column) * elements;
    return MomentLoops.pivot(from + first * Float.BYTES) + sums.first(row, column) / elements;
  }

  /** See {@link dev.tempera.backend.NormOps#standardize}; float32 only. */
  public View standardize(
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      @Nullable View shift) {
    NormGeometry geometry = NormGeometry.of(x, groups);
    View result = memory.allocate(DType.FLOAT32, x.shape(), NormOps.strides(x));
    if (x.shape().size() == 0) {
      return result;
    }
    long to = Addresses.of(result);
    try (DenseOperand in = DenseOperand.of(x, NormOps.strides(x), copy);
        NormFactors factors =
            NormFactors.of(geometry, params, moments, scale, shift, memory, copy)) {
      switch (geometry.kind()) {
        case PLANES -> planes(geometry, factors, in.address(), to);
        case COLUMNS -> rows(geometry, factors, in.address(), to);
        case RUNS -> runs(geometry, factors, in.address(), to);
      }
    }
    return result;
  }

  private void planes(NormGeometry geometry, NormFactors factors, long from, long to) {
    int channels = geometry.channels();
    int pixels = geometry.pixels();
    workers.forRange(
        (long) geometry.images() * channels,
        Math.max(PART / pixels, 1),
        (first, end) -> {
          for (long plane = first; plane < end; plane++) {
            int image = (int) (plane / channels);
            int channel = (int) (plane % channels);
            long offset = plane * pixels * Float.BYTES;
            NormLoops.run(
                from + offset,
                to + offset,
                pixels,
                factors.centre(image, channel),
                (float) factors.factor(image, channel),
                (float) factors.shift(image, channel));
          }
        });
  }

  private void rows(NormGeometry geometry, NormFactors factors, long from, long to) {
    int channels = geometry.channels();
    try (FloatTable coefficients = FloatTable.of(memory, geometry.cellRows(), 3 * channels)) {
      workers.forRange(
          geometry.cellRows(),
          Math.max(PART / channels, 1),
          (first, end) -> {
            for (int image = (int) first; image < end; image++) {
              for (int channel = 0; channel < channels; channel++) {
                coefficients.set(image, channel, factors.centre(image, channel));
                coefficients.set(image, channels + channel, factors.factor(image, channel));
                coefficients.set(image, 2 * channels + channel, factors.shift(image, channel));
              }
            }
          });
      ImageRows.of(geometry)
          .forEach(
              workers,
              (image, offset, count) ->
                  NormLoops.rows(
                      from + offset, to + offset, count, channels, coefficients.address(image, 0)));
    }
  }

  private void runs(NormGeometry geometry, NormFactors factors, long from, long to) {
    int length = geometry.channelsOfGroup();
    int groups = geometry.groups().groups();
    workers.forRange(
        geometry.groupCount(),
        Math.max(PART / length, 1),
        (first, end) -> {
          for (long run = first; run < end; run++) {
            int image = (int) (run / groups);
            int channel = (int) (run % groups) * length;
            long offset = run * length * Float.BYTES;
            double inverse = factors.inverse(image, channel);
            NormLoops.affineRun(
                from + offset,
                to + offset,
                length,
                factors.centre(image, channel),
                (float) inverse,
                (float) (factors.centreError(image, channel) * inverse),
                factors.scales().address(image, channel),
                factors.shifts().address(image, channel));
          }
        });
  }
}
