package dev.tempera.examples.digits;

import dev.tempera.data.DType;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures of the digits 0 to 9, {@value #SIDE} × {@value #SIDE} pixels, bright on dark, with the
 * digit that each shows; as many of each digit as of any other, in random order.
 *
 * <p>The same seed and count give the same pictures. Sets of different seeds share the ways to
 * write a digit, but no hand.
 */
public final class Digits {
  /** Rows and columns of a picture. */
  public static final int SIDE = 28;

  /** How many classes there are. */
  public static final int CLASSES = 10;

  private static final int PIXELS = SIDE * SIDE;
  private static final long ORDER_STREAM = -1;

  private final float[] images;
  private final int[] labels;

  private Digits(float[] images, int[] labels) {
    this.images = images;
    this.labels = labels;
  }

  /** A set of pictures made from a seed. */
  public static Digits generate(long seed, int count) {
    int[] labels = new Philox(seed, ORDER_STREAM).permutation(count);
    Arrays.setAll(labels, i -> labels[i] % CLASSES);
    float[] images = new float[count * PIXELS];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> System.arraycopy(picture(seed, i, labels[i]), 0, images, i * PIXELS, PIXELS));
    return new Digits(images, labels);
  }

  private static float[] picture(long seed, int number, int digit) {
    Draws draws = new Draws(seed, number);
    List<List<Stroke>> shapes = DigitShapes.of(digit);
    List<Stroke> shape = shapes.get(draws.index(shapes.size()));
    Handwriting hand = Handwriting.draw(draws);
    Paper paper = new Paper(SIDE);
    for (Stroke stroke : hand.write(shape, SIDE, draws)) {
      paper.draw(stroke, hand.penWidth(), hand.ink());
    }
    paper.roughen(hand.grain(), draws);
    return paper.pixels();
  }

  /** All picture numbers in an order that depends on a seed and an epoch. */
  public int[] shuffled(long seed, int epoch) {
    return new Philox(seed, epoch).permutation(count());
  }

  /** How many pictures there are. */
  public int count() {
    return labels.length;
  }

  /** The digit that a picture shows. */
  public int label(int number) {
    return labels[number];
  }

  /** The brightness of a pixel, from 0 to 1. */
  public float pixel(int number, int row, int column) {
    return images[number * PIXELS + row * SIDE + column];
  }

  /**
   * Some pictures as a tensor, (N, 1, H, W), on the current backend.
   *
   * @param numbers which, in order
   */
  public Tensor images(int... numbers) {
    float[] chosen = new float[numbers.length * PIXELS];
    for (int i = 0; i < numbers.length; i++) {
      System.arraycopy(images, numbers[i] * PIXELS, chosen, i * PIXELS, PIXELS);
    }
    return Tensor.of(chosen, numbers.length, 1, SIDE, SIDE);
  }

  /**
   * The digits that some pictures show as an int32 tensor, (N), on the current backend.
   *
   * @param numbers which, in order
   */
  public Tensor labels(int... numbers) {
    int[] chosen = IntStream.of(numbers).map(number -> labels[number]).toArray();
    return Tensor.upload(MemorySegment.ofArray(chosen), DType.INT32, Shape.of(chosen.length));
  }
}
