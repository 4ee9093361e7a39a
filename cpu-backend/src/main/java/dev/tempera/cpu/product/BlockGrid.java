package dev.tempera.cpu.product;

import dev.tempera.cpu.simd.MatmulKernel;

/**
 * How a product is cut into blocks: large enough that packing is cheap beside multiplying and the
 * sums fit the second cache, small enough that every thread has work.
 *
 * @param rows of the whole result
 * @param columns of the whole result
 * @param panelWidth columns of a panel
 * @param line rows that follow one another in some way that others do not; no block has rows of two
 *     lines
 * @param rowBlock rows of a block, a multiple of the tile's rows
 * @param columnBlock columns of a block, a multiple of the panel's width
 */
public record BlockGrid(
    int rows, int columns, int panelWidth, int line, int rowBlock, int columnBlock) {
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
    return ofLines(1, rows, columns, others, MOST_ROWS);
  }

  /**
   * A grid for a result whose rows come in lines.
   *
   * @param lines how many
   * @param line rows of each
   * @param others how many products of this kind are computed at once, at least 1
   * @param mostRows of a block
   */
  public static BlockGrid ofLines(int lines, int line, int columns, int others, int mostRows) {
    int panelWidth = MatmulKernel.panelWidth(columns);
    int tileRows = MatmulKernel.tileRows(panelWidth);
    int columnBlock =
        Math.min(roundUp(MOST_COLUMNS, panelWidth), roundUp(Math.max(columns, 1), panelWidth));
    int most = Math.min(Math.min(MOST_ROWS, mostRows), MOST_SUMS / columnBlock);
    int rowBlock = evenPart(line, most, tileRows);
    long alike = (long) lines * others;
    while (alike * ceilDiv(line, rowBlock) * ceilDiv(columns, columnBlock) < ENOUGH_BLOCKS) {
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
    int rows = Math.multiplyExact(lines, line);
    return new BlockGrid(rows, columns, panelWidth, Math.max(1, line), rowBlock, columnBlock);
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

  /** Rows of a tile. */
  public int tileRows() {
    return MatmulKernel.tileRows(panelWidth);
  }

  /** How many blocks lie under one another. */
  public int rowBlocks() {
    return rows / line * blocksOfALine();
  }

  private int blocksOfALine() {
    return ceilDiv(line, rowBlock);
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
    int index = block / columnBlocks();
    return index / blocksOfALine() * line + rowInLine(block);
  }

  private int rowInLine(int block) {
    return block / columnBlocks() % blocksOfALine() * rowBlock;
  }

  /** How many rows a block has. */
  public int rowsOf(int block) {
    return Math.min(rowBlock, line - rowInLine(block));
  }

  /** How many rows a block has when the last tile is made whole. */
  public int paddedRowsOf(int block) {
    return roundUp(rowsOf(block), tileRows());
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
