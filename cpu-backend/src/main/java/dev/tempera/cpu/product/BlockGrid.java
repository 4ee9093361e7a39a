package dev.tempera.cpu.product;

import dev.tempera.cpu.simd.MatmulKernel;

/**
 * How a product is cut into blocks: large enough that packing is cheap beside multiplying and the
 * sums fit the second cache, small enough that every thread has work.
 *
 * @param rows of the whole result
 * @param columns of the whole result
 * @param panelWidth columns of a panel
 * @param rowBlock rows of a block, a multiple of the tile's rows
 * @param columnBlock columns of a block, a multiple of the panel's width
 */
public record BlockGrid(int rows, int columns, int panelWidth, int rowBlock, int columnBlock) {
  private static final int MOST_COLUMNS = 512;

  /** Sums of a block that leave room for packed pieces in the second cache. */
  private static final int MOST_SUMS = 65536;

  private static final int MOST_ROWS = 256;
  private static final int FEWEST_ROWS = 24;
  private static final int ENOUGH_BLOCKS = 32;

  /**
   * A grid for a result.
   *
   * @param others how many products of this kind are computed at once, at least 1
   */
  public static BlockGrid of(int rows, int columns, int others) {
    int panelWidth = MatmulKernel.panelWidth(columns);
    int tileRows = MatmulKernel.tileRows(panelWidth);
    int columnBlock =
        Math.min(roundUp(MOST_COLUMNS, panelWidth), roundUp(Math.max(columns, 1), panelWidth));
    int rowBlock = evenPart(rows, Math.min(MOST_ROWS, MOST_SUMS / columnBlock), tileRows);
    while ((long) ceilDiv(rows, rowBlock) * ceilDiv(columns, columnBlock) * others
        < ENOUGH_BLOCKS) {
      if (columnBlock / 2 >= 2 * rowBlock && columnBlock > panelWidth) {
        columnBlock = roundUp(columnBlock / 2, panelWidth);
      } else if (rowBlock > FEWEST_ROWS) {
        rowBlock = Math.max(FEWEST_ROWS, roundUp(rowBlock / 2, tileRows));
      } else if (columnBlock > panelWidth) {
        columnBlock = roundUp(columnBlock / 2, panelWidth);
      } else {
        break;
      }
    }
    return new BlockGrid(rows, columns, panelWidth, rowBlock, columnBlock);
  }

  /** A multiple of the tile's rows that cuts them into the fewest parts, all nearly alike. */
  private static int evenPart(int rows, int most, int tileRows) {
    int parts = ceilDiv(Math.max(rows, 1), most);
    return roundUp(ceilDiv(Math.max(rows, 1), parts), tileRows);
  }

  private static int ceilDiv(int count, int size) {
    return Math.ceilDiv(count, size);
  }

  private static int roundUp(int count, int multiple) {
    return Math.ceilDiv(count, multiple) * multiple;
  }

  /** How many blocks lie under one another. */
  public int rowBlocks() {
    return ceilDiv(rows, rowBlock);
  }

  /** How many blocks lie side by side. */
  public int columnBlocks() {
    return ceilDiv(columns, columnBlock);
  }

  /** How many blocks there are. */
  public int blocks() {
    return Math.multiplyExact(rowBlocks(), columnBlocks());
  }

  /** The first row of a block; neighbours in a row of blocks follow one another. */
  public int row(int block) {
    return block / columnBlocks() * rowBlock;
  }

  /** How many rows a block has. */
  public int rowsOf(int block) {
    return Math.min(rowBlock, rows - row(block));
  }

  /** How many rows a block has when the last tile is made whole. */
  public int paddedRowsOf(int block) {
    return roundUp(rowsOf(block), MatmulKernel.tileRows(panelWidth));
  }

  /** The first column of a block. */
  public int column(int block) {
    return block % columnBlocks() * columnBlock;
  }

  /** How many columns a block has. */
  public int columnsOf(int block) {
    return Math.min(columnBlock, columns - column(block));
  }
}
