package dev.tempera.examples.digits;

import dev.tempera.data.Philox;

/** Random numbers one after another, from a stream that belongs to one picture. */
final class Draws {
  private final Philox philox;
  private int[] words = {};
  private long block;
  private int used;

  Draws(long seed, long stream) {
    philox = new Philox(seed, stream);
  }

  /** A number from a uniform distribution. */
  double uniform(double low, double high) {
    if (used == words.length) {
      words = philox.block(block++);
      used = 0;
    }
    double unit = (words[used++] & 0xFFFF_FFFFL) * 0x1p-32;
    return low + (high - low) * unit;
  }

  /** A whole number from 0 to count − 1. */
  int index(int count) {
    return (int) uniform(0, count);
  }

  /** A number from a normal distribution with mean 0 (Box and Muller, 1958). */
  double normal(double deviation) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(0, 1)));
    return deviation * radius * StrictMath.cos(uniform(0, 2 * Math.PI));
  }
}
