package dev.tempera.backend;

import dev.tempera.data.Shape;

/**
 * Which elements of (N, C, P) are normalised together: all pixels P of neighbouring channels, of
 * one image or of all.
 *
 * @param groups into how many groups the channels are cut; divides C
 * @param acrossBatch whether elements of all images count together
 */
public record NormGroups(int groups, boolean acrossBatch) {
  /**
   * Checks the number of groups.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public NormGroups {
    if (groups < 1) {
      throw new IllegalArgumentException(
          "normGroups: there must be a group\n  rule    groups ≥ 1, here " + groups);
    }
  }

  /** Every channel by itself; of one image, or of all. */
  public static NormGroups ofEachChannel(int channels, boolean acrossBatch) {
    return new NormGroups(Math.max(channels, 1), acrossBatch);
  }

  /**
   * The shape of the moments: (N, groups), or (1, groups) across the batch.
   *
   * @param x (N, C, P)
   */
  public Shape momentsShape(Shape x) {
    return Shape.of(acrossBatch ? 1 : x.dim(0), groups);
  }

  /**
   * How many elements are normalised together.
   *
   * @param x (N, C, P)
   */
  public long count(Shape x) {
    return (long) (x.dim(1) / groups) * x.dim(2) * (acrossBatch ? x.dim(0) : 1);
  }

  /** The row of the moments that belongs to an image. */
  public int row(int image) {
    return acrossBatch ? 0 : image;
  }
}
