package dev.tempera.nn;

import dev.tempera.data.Philox;

/**
 * Seeds for the parameters of a net, one after another from one number: the same net built in the
 * same order from the same number starts with the same bits, on every backend.
 */
public final class Seeds {
  private final Philox philox;
  private long drawn;

  /** The sequence that belongs to a number. */
  public Seeds(long seed) {
    philox = new Philox(seed, 0);
  }

  /** The next seed. */
  public long next() {
    int[] words = philox.block(drawn++);
    return (words[0] & 0xFFFF_FFFFL) << 32 | (words[1] & 0xFFFF_FFFFL);
  }
}
