package dev.tempera.cpu.norm;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.NormGradientLoops;

/**
 * Adds up Σ h and Σ h·(x − mean) of the cells of a gradient: h is the gradient passed back where
 * channels are summed by themselves, and that times the scale where groups are.
 *
 * @param factors the normalisation
 * @param gradient address of the gradient passed back
 * @param from address of the normalisation's input
 * @param means the mean of each cell, row by row
 */
record GradientCells(NormFactors factors, long gradient, long from, DoubleTable means)
    implements CellSums.Loops {
  /** The sums of all cells. */
  static CellSums sums(
      NormFactors factors, long gradient, long from, CpuMemory memory, Workers workers) {
    NormGeometry geometry = factors.geometry();
    int columns = geometry.cellColumns();
    int channels = geometry.channels() / columns;
    long count = (long) geometry.cellRows() * columns;
    try (DoubleTable means = DoubleTable.of(memory, count)) {
      workers.forRange(
          count,
          CellSums.CELLS_OF_A_TASK,
          (first, end) -> {
            for (long cell = first; cell < end; cell++) {
              int channel = (int) (cell % columns) * channels;
              means.set(cell, factors.mean((int) (cell / columns), channel));
            }
          });
      GradientCells cells = new GradientCells(factors, gradient, from, means);
      return CellSums.of(geometry, cells, memory, workers);
    }
  }

  @Override
  public void run(int cell, long start, long count, long sums, long lanes) {
    NormGeometry geometry = factors.geometry();
    long offset = (cell * geometry.cellElements() + start) * Float.BYTES;
    long scales = 0;
    if (geometry.kind() == NormGeometry.Kind.RUNS) {
      int groups = geometry.groups().groups();
      int channel = cell % groups * geometry.channelsOfGroup() + (int) start;
      scales = factors.scales().address(cell / groups, channel);
    }
    NormGradientLoops.run(
        gradient + offset, from + offset, count, scales, means.get(cell), sums, lanes);
  }

  @Override
  public void columns(int row, long start, int count, long sums) {
    NormGeometry geometry = factors.geometry();
    int columns = geometry.cellColumns();
    long rowBytes = (long) columns * Float.BYTES;
    long offset = (row * geometry.cellElements() + start) * rowBytes;
    long rowMeans = means.address((long) row * columns);
    NormGradientLoops.columns(
        gradient + offset, from + offset, count, rowBytes, columns, rowMeans, sums);
  }
}
