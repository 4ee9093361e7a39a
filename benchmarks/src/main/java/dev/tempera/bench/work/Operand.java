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
  /** How many numbers a part has. */
  public static final int PART = 1 << 16;

  private static final long SEED = 4;

  /** An image or its gradient, channels-last, from −1 to 1. */
  public static Operand image(String name, long stream, int channels, int side) {
    return new Operand(
        name, Shape.of(1, channels, side, side), MemoryOrder.CHANNELS_LAST, stream, 1);
  }

  /** The numbers, densely in the operand's order. */
  public float[] values() {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int part = 0; part * PART < values.length; part++) {
      float[] numbers = part(part);
      System.arraycopy(numbers, 0, values, part * PART, numbers.length);
    }
    return values;
  }

  /**
   * Some of the numbers, so that nobody has to hold all of them on Java's heap.
   *
   * @param index of the part, from 0; all parts but the last have {@link #PART} numbers
   */
  public float[] part(int index) {
    long rest = shape.size() - (long) index * PART;
    float[] numbers =
        new Philox(SEED, (stream << Integer.SIZE) | index).uniform((int) Math.min(rest, PART));
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (scale * (2 * numbers[i] - 1));
    }
    return numbers;
  }
}
