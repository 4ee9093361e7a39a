package dev.tempera.cpu.convolution;

/**
 * Neighbouring tiles of a block in one row.
 *
 * @param line row of tiles, counted over all images
 * @param column of the first tile
 * @param count how many
 * @param first how many tiles of the block come before
 * @param pixel how many pixels of the block's rows come before
 */
record WinogradRun(int line, int column, int count, int first, int pixel) {}
