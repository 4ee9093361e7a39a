package dev.tempera.cpu.norm;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.NormLoops;

/**
 * Writes the gradient with respect to a normalisation's input as factor·g + pull·(x − mean) +
 * offset, with numbers that follow from the sums of the cells.
 */
final class InputGradient {
  private static final int FACTOR = 1;
  private static final int PULL = 2;
  private static final int OFFSET = 3;

  private final NormFactors factors;
  private final NormGeometry geometry;
  private final long gradient;
  private final long from;
  private final CpuMemory memory;
  private final Workers workers;

  /** A gradient of operands at these addresses. */
  InputGradient(NormFactors factors, long gradient, long from, CpuMemory memory, Workers workers) {
    this.factors = factors;
    this.geometry = factors.geometry();
    this.gradient = gradient;
    this.from = from;
    this.memory = memory;
    this.workers = workers;
  }

  /** Writes it. */
  void write(CellSums sums, long to) {
    int rows = geometry.cellRows();
    int columns = geometry.cellColumns();
    try (FloatTable coefficients = FloatTable.of(memory, rows, 4 * columns)) {
      workers.forRange(
          geometry.groupCount(),
          1 << 9,
          (first, end) -> {
            for (int group = (int) first; group < end; group++) {
              coefficients(sums, group, coefficients);
            }
          });
      if (geometry.kind() == NormGeometry.Kind.COLUMNS) {
        ImageRows.of(geometry)
            .forEach(
                workers,
                (row, offset, count) ->
                    NormLoops.gradientRows(
                        gradient + offset,
                        from + offset,
                        to + offset,
                        count,
                        columns,
                        coefficients.address(row, 0)));
      } else {
        runs(coefficients, to);
      }
    }
  }

  /** The coefficients of the cells of a group. */
  private void coefficients(CellSums sums, int group, FloatTable coefficients) {
    boolean isScaled = geometry.kind() == NormGeometry.Kind.RUNS;
    int columns = geometry.cellColumns();
    int channels = geometry.channels() / columns;
    double[] total = new double[2];
    geometry.forEachCell(
        group,
        (row, column) -> {
          double scale = isScaled ? 1 : factors.scales().get(row, column);
          total[0] += scale * sums.first(row, column);
          total[1] += scale * sums.second(row, column);
        });
    double mean = total[0] / geometry.groupElements();
    double along = total[1] / factors.params().divisor(geometry.groupElements());
    geometry.forEachCell(
        group,
        (row, column) -> {
          int channel = column * channels;
          double inverse = factors.inverse(row, channel);
          double pull = -factors.inverseSlope(row, channel) * along;
          double offset = pull * factors.centreError(row, channel) - inverse * mean;
          double scale = isScaled ? 1 : factors.scales().get(row, column);
          coefficients.set(row, column, factors.centre(row, channel));
          coefficients.set(row, FACTOR * columns + column, inverse * scale);
          coefficients.set(row, PULL * columns + column, pull);
          coefficients.set(row, OFFSET * columns + column, offset);
        });
  }

  private void runs(FloatTable coefficients, long to) {
    int columns = geometry.cellColumns();
    int length = Math.toIntExact(geometry.cellElements());
    boolean isScaled = geometry.kind() == NormGeometry.Kind.RUNS;
    workers.forRange(
        (long) geometry.cellRows() * columns,
        Math.max(CpuNorm.PART / length, 1),
        (first, end) -> {
          for (long run = first; run < end; run++) {
            int row = (int) (run / columns);
            int column = (int) (run % columns);
            long offset = run * length * Float.BYTES;
            NormLoops.gradientRun(
                gradient + offset,
                from + offset,
                to + offset,
                length,
                coefficients.get(row, column),
                coefficients.get(row, FACTOR * columns + column),
                coefficients.get(row, PULL * columns + column),
                coefficients.get(row, OFFSET * columns + column),
                isScaled ? factors.scales().address(row, column * length) : 0);
          }
        });
  }
}
