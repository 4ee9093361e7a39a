package dev.tempera.backend;

import java.util.Arrays;

/**
 * A sparse matrix that maps one axis of a tensor to another: row i lists which source elements make
 * output element i, and with what weight. Compressed sparse rows, sources ascending.
 */
public final class AxisWeights {
  private final int sourceLength;
  private final int[] starts;
  private final int[] sources;
  private final double[] weights;

  private AxisWeights(int sourceLength, int[] starts, int[] sources, double[] weights) {
    this.sourceLength = sourceLength;
    this.starts = starts;
    this.sources = sources;
    this.weights = weights;
  }

  /**
   * A matrix from its rows.
   *
   * @param sourceLength number of columns
   * @param starts where each row begins in the other two arrays; one more entry than rows
   * @param sources column of each entry, ascending within a row
   * @param weights value of each entry
   * @throws IllegalArgumentException if the rows do not lie one after another from the first entry
   *     to the last, the arrays of entries differ in length, or a column lies outside the matrix
   */
  public static AxisWeights of(int sourceLength, int[] starts, int[] sources, double[] weights) {
    requireRows(starts, sources.length, weights.length);
    requireColumns(sourceLength, sources);
    return new AxisWeights(sourceLength, starts.clone(), sources.clone(), weights.clone());
  }

  private static void requireRows(int[] starts, int sources, int weights) {
    boolean ascending = starts.length > 0 && starts[0] == 0;
    for (int row = 1; row < starts.length; row++) {
      ascending &= starts[row - 1] <= starts[row];
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "axisWeights: the rows do not lie one after another\n  starts  "
              + Arrays.toString(starts)
              + "\n  rule    starts ascend from 0");
    }
    int last = starts[starts.length - 1];
    if (sources != weights || sources != last) {
      throw new IllegalArgumentException(
          "axisWeights: the numbers of entries differ\n  rule    "
              + "sources.length = weights.length = last start, here "
              + sources
              + ", "
              + weights
              + " and "
              + last);
    }
  }

  private static void requireColumns(int sourceLength, int[] sources) {
    for (int entry = 0; entry < sources.length; entry++) {
      if (sources[entry] < 0 || sources[entry] >= sourceLength) {
        throw new IllegalArgumentException(
            "axisWeights: an entry lies outside the source\n  entry   "
                + entry
                + "\n  rule    0 ≤ source < sourceLength, here "
                + sources[entry]
                + " of "
                + sourceLength);
      }
    }
  }

  /** Padding of an axis: every row copies one source element, or none. */
  public static AxisWeights padding(int length, int before, int after, PaddingMode mode) {
    int padded = Math.addExact(Math.addExact(before, length), after);
    int[] starts = new int[padded + 1];
    int[] sources = new int[padded];
    int entries = 0;
    for (int i = 0; i < padded; i++) {
      int source = mode.source(i - before, length);
      if (source >= 0) {
        sources[entries++] = source;
      }
      starts[i + 1] = entries;
    }
    double[] weights = new double[entries];
    Arrays.fill(weights, 1);
    return new AxisWeights(length, starts, Arrays.copyOf(sources, entries), weights);
  }

  /** The transposed matrix: the gradient of the map. */
  public AxisWeights transposed() {
    int[] columnStarts = new int[sourceLength + 1];
    for (int source : sources) {
      columnStarts[source + 1]++;
    }
    for (int i = 0; i < sourceLength; i++) {
      columnStarts[i + 1] += columnStarts[i];
    }
    int[] next = columnStarts.clone();
    int[] rows = new int[sources.length];
    double[] values = new double[sources.length];
    for (int row = 0; row < length(); row++) {
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        int place = next[sources[entry]]++;
        rows[place] = row;
        values[place] = weights[entry];
      }
    }
    return new AxisWeights(length(), columnStarts, rows, values);
  }

  /** Number of output elements (rows). */
  public int length() {
    return starts.length - 1;
  }

  /** Number of source elements (columns). */
  public int sourceLength() {
    return sourceLength;
  }

  /** Index of the first entry of a row; the entry after its last is the start of the next row. */
  public int start(int row) {
    return starts[row];
  }

  /** Source element of an entry. */
  public int source(int entry) {
    return sources[entry];
  }

  /** Weight of an entry. */
  public double weight(int entry) {
    return weights[entry];
  }
}
