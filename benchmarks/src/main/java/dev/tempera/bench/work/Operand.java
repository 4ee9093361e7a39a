package dev.tempera.bench.work;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;

/**
 * One input of a computation, the same for everybody who is timed.
 *
 * @param name what it is to the computation, such as {@code weight}
 * @param shape its lengths, for images (N, C, H, W)
 * @param order in which the numbers lie
 * @param stream of random numbers that it is filled with
 * @param scale numbers are uniform from −scale to scale
 */
public record Operand(String name, Shape shape, MemoryOrder order, long stream, double scale) {
  private static final long SEED = 4;

  /** An image or its gradient, channels-last, from −1 to 1. */
  public static Operand image(String name, long stream, int channels, int side) {
    return new Operand(
        name, Shape.of(1, channels, side, side), MemoryOrder.CHANNELS_LAST, stream, 1);
  }

  /** The numbers, densely in the operand's order. */
  public float[] values() {
    float[] values = new Philox(SEED, stream).uniform(Math.toIntExact(shape.size()));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * (2 * values[i] - 1));
    }
    return values;
  }
}
