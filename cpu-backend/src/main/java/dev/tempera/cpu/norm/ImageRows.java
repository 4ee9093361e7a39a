package dev.tempera.cpu.norm;

import dev.tempera.cpu.runtime.Workers;

/**
 * The pixels of images whose channels lie side by side, cut into stretches of one row of cells
 * each.
 *
 * @param rows rows of cells: images, or one for all
 * @param pixels of a row of cells
 * @param pixelBytes of the channels of a pixel
 * @param stretch pixels of a stretch, at most
 */
record ImageRows(int rows, long pixels, long pixelBytes, int stretch) {
  /** The pixels of a geometry, in stretches of some ten thousand elements. */
  static ImageRows of(NormGeometry geometry) {
    int stretch = Math.max(CpuNorm.PART / geometry.channels(), 1);
    long pixelBytes = (long) geometry.channels() * Float.BYTES;
    return new ImageRows(geometry.cellRows(), geometry.cellElements(), pixelBytes, stretch);
  }

  /** What to do with one stretch. */
  @FunctionalInterface
  interface Task {
    /**
     * Does it.
     *
     * @param row of cells
     * @param offset of the first pixel, in bytes from the first of all
     * @param count pixels
     */
    void run(int row, long offset, int count);
  }

  /** Does all stretches. */
  void forEach(Workers workers, Task task) {
    long stretches = Math.ceilDiv(pixels, stretch);
    workers.forRange(
        rows * stretches,
        Math.max(stretch / pixels, 1),
        (first, end) -> {
          for (long i = first; i < end; i++) {
            int row = (int) (i / stretches);
            long start = i % stretches * stretch;
            int count = (int) Math.min(stretch, pixels - start);
            task.run(row, (row * pixels + start) * pixelBytes, count);
          }
        });
  }
}
