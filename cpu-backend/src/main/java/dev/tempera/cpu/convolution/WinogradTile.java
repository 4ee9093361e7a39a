package dev.tempera.cpu.convolution;

/** The numbers of F(4×4, 3×3). */
final class WinogradTile {
  /** Pixels of the side of what a tile gives. */
  static final int OUTPUTS = 4;

  /** Taps of the side of the kernel. */
  static final int TAPS = 3;

  /** Pixels of the side of what a tile takes. */
  static final int SIZE = OUTPUTS + TAPS - 1;

  /** Products of a tile. */
  static final int PLACES = SIZE * SIZE;

  private WinogradTile() {}
}
