package dev.tempera.cpu.product;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.GramKernel;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.cpu.simd.SumLoops;
import java.util.List;

/**
 * Products of matrices with their own transposes, of which one triangle is computed. Panels of
 * channels are packed once for a piece of pixels and serve as left and as right factor.
 *
 * <p>The pixels are cut into parts that depend on the shapes alone, whose sums are added in their
 * order, so that the bits do not depend on the number of threads.
 *
 * @param memory for packed panels and sums of parts
 * @param workers the threads
 * @param stack how many products
 * @param channels rows of a matrix
 * @param pixels columns of a matrix
 */
public record GramProduct(CpuMemory memory, Workers workers, int stack, int channels, int pixels) {
  /** Pixels of a piece: two panels of them stay in the first cache. */
  private static final int PIECE = 128;

  /** Pixels that are packed at once. */
  private static final int STRIP = 8;

  /** Panels of a group: so many times a packed panel is used. */
  private static final int GROUP = 4;

  private static final int LEAST_PART = 4 * PIECE;
  private static final int ENOUGH_TASKS = 32;
  private static final long ROW_BYTES = (long) GramKernel.WIDTH * Float.BYTES;
  private static final long PANEL_BYTES = PIECE * ROW_BYTES;

  /**
   * Where the matrices lie; strides in bytes.
   *
   * @param address of the first
   * @param stride from a matrix to the next
   * @param channelStride from a channel to the next
   * @param pixelStride from a pixel to the next
   */
  public record Features(long address, long stride, long channelStride, long pixelStride) {}

  /** The blocks of memory that a run takes. */
  public List<Long> scratchBytes() {
    return List.of(sumBytes(), workers.scratchBytes(tasks(), 2 * GROUP * PANEL_BYTES));
  }

  /**
   * Computes all products.
   *
   * @param result address of the first of the results, dense matrices one after another
   */
  public void run(Features features, long result) {
    try (Scratch sums = memory.scratch(sumBytes())) {
      int parts = parts();
      workers.run(
          tasks(),
          memory,
          2 * GROUP * PANEL_BYTES,
          (task, packed) -> {
            int pair = task % groupPairs();
            int part = task / groupPairs() % parts;
            int matrix = task / groupPairs() / parts;
            int row = rowOf(pair);
            int column = pair - triangle(row);
            long first = sums.address() + ((long) matrix * parts + part) * partBytes();
            addPart(features, matrix, part, row, column, first, packed);
          });
      workers.run(
          Math.multiplyExact(stack, triangle(panels())),
          task -> {
            int matrix = task / triangle(panels());
            int pair = task % triangle(panels());
            long first = sums.address() + (long) matrix * parts * partBytes();
            long place = first + pair * GramKernel.BLOCK_BYTES;
            int count = GramKernel.WIDTH * GramKernel.WIDTH;
            SumLoops.add(place, partBytes(), parts, count, place);
            write(place, rowOf(pair), pair - triangle(rowOf(pair)), result + matrix * bytes());
          });
    }
  }

  private int panels() {
    return Math.ceilDiv(channels, GramKernel.WIDTH);
  }

  private int groups() {
    return Math.ceilDiv(panels(), GROUP);
  }

  private int groupPairs() {
    return triangle(groups());
  }

  /** How many pairs so many things make, each with itself and those before it. */
  private static int triangle(int count) {
    return count * (count + 1) / 2;
  }

  /** The larger member of a pair. */
  private static int rowOf(int pair) {
    int row = (int) ((Math.sqrt(8.0 * pair + 1) - 1) / 2);
    return triangle(row + 1) <= pair ? row + 1 : row;
  }

  private int parts() {
    int wanted = Math.ceilDiv(ENOUGH_TASKS, Math.max(1, stack * groupPairs()));
    return Math.clamp(wanted, 1, Math.max(1, pixels / LEAST_PART));
  }

  /** Whole pieces of pixels. */
  private int partLength() {
    return Math.max(1, Math.ceilDiv(Math.ceilDiv(pixels, parts()), PIECE)) * PIECE;
  }

  private int tasks() {
    return Math.multiplyExact(Math.multiplyExact(stack, parts()), groupPairs());
  }

  private long partBytes() {
    return triangle(panels()) * GramKernel.BLOCK_BYTES;
  }

  private long sumBytes() {
    return partBytes() * parts() * stack;
  }

  private long bytes() {
    return (long) channels * channels * Float.BYTES;
  }

  /** Computes the sums of one part of the pixels for the panels of two groups. */
  private void addPart(
      Features features, int matrix, int part, int row, int column, long sums, long packed) {
    int firstRow = row * GROUP;
    int rows = Math.min(GROUP, panels() - firstRow);
    int firstColumn = column * GROUP;
    int columns = Math.min(GROUP, panels() - firstColumn);
    long right = row == column ? packed : packed + GROUP * PANEL_BYTES;
    RowLoops.fill(packed, (int) (2 * GROUP * PANEL_BYTES / Float.BYTES), 0);
    for (int i = 0; i < rows; i++) {
      int count = Math.min(columns, firstRow + i - firstColumn + 1);
      long block = block(sums, firstRow + i, firstColumn);
      RowLoops.fill(block, (int) (count * GramKernel.BLOCK_BYTES / Float.BYTES), 0);
    }
    long base = features.address + matrix * features.stride;
    int end = Math.min((part + 1) * partLength(), pixels);
    for (int pixel = part * partLength(); pixel < end; pixel += PIECE) {
      int count = Math.min(PIECE, end - pixel);
      long place = base + pixel * features.pixelStride;
      pack(features, place, count, firstRow, rows, packed);
      if (row != column) {
        pack(features, place, count, firstColumn, columns, right);
      }
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns && firstColumn + j <= firstRow + i; j++) {
          GramKernel.accumulate(
              packed + i * PANEL_BYTES,
              right + j * PANEL_BYTES,
              block(sums, firstRow + i, firstColumn + j),
              count);
        }
      }
    }
  }

  private static long block(long sums, int row, int column) {
    return sums + (triangle(row) + column) * GramKernel.BLOCK_BYTES;
  }

  /** Packs panels, a few pixels of all of them at a time, in the order in which pixels lie. */
  private void pack(Features features, long first, int pixels, int panel, int panels, long target) {
    for (int pixel = 0; pixel < pixels; pixel += STRIP) {
      int count = Math.min(STRIP, pixels - pixel);
      for (int i = 0; i < panels; i++) {
        int channel = (panel + i) * GramKernel.WIDTH;
        int width = Math.min(GramKernel.WIDTH, channels - channel);
        long from = first + pixel * features.pixelStride + channel * features.channelStride;
        long to = target + i * PANEL_BYTES + pixel * ROW_BYTES;
        if (features.channelStride == Float.BYTES) {
          RowLoops.copy(from, features.pixelStride, count, width, to, ROW_BYTES);
        } else {
          RowLoops.gather(
              from, features.pixelStride, features.channelStride, count, width, to, ROW_BYTES);
        }
      }
    }
  }

  /** Writes a block below the diagonal, and its mirror image above. */
  private void write(long block, int row, int column, long result) {
    int firstRow = row * GramKernel.WIDTH;
    int firstColumn = column * GramKernel.WIDTH;
    int rows = Math.min(GramKernel.WIDTH, channels - firstRow);
    int columns = Math.min(GramKernel.WIDTH, channels - firstColumn);
    long rowBytes = (long) channels * Float.BYTES;
    long below = result + firstRow * rowBytes + (long) firstColumn * Float.BYTES;
    RowLoops.copy(block, ROW_BYTES, rows, columns, below, rowBytes);
    if (row != column) {
      long above = result + firstColumn * rowBytes + (long) firstRow * Float.BYTES;
      RowLoops.gather(block, Float.BYTES, ROW_BYTES, columns, rows, above, rowBytes);
    }
  }
}
