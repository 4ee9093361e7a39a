package dev.tempera.cpu.product;

/**
 * Memory that one task of a packed product works in, as addresses.
 *
 * @param left a packed piece of the left factor
 * @param right a packed piece of a panel of the right factor
 * @param sums the panels of sums
 * @param table addresses of rows, one for each row of a block or each inner index of a piece
 * @param tiles addresses of the tiles of a piece of the left factor
 */
public record Workspace(long left, long right, long sums, long table, long tiles) {
  /** For factors that need none. */
  public static final Workspace NONE = new Workspace(0, 0, 0, 0, 0);

  /** For packing a piece of a panel of the right factor to its final place. */
  public static Workspace packingTo(long right) {
    return new Workspace(0, right, 0, 0, 0);
  }
}
