package dev.tempera.tensor;

import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source of random tensors: one seed, and a stream of numbers of its own for every draw. The same
 * draws in the same order give the same numbers on every backend; {@link #position} and {@link
 * #moveTo} go back to an earlier point.
 */
public final class RandomSource {
  /** Streams below are left to those who number them by hand. */
  private static final long FIRST_STREAM = 1L << 32;

  private final long seed;
  private final AtomicLong position = new AtomicLong();

  /** A source that starts at its first stream. */
  public RandomSource(long seed) {
    this.seed = seed;
  }

  /** How many streams have been handed out. */
  public long position() {
    return position.get();
  }

  /**
   * Goes on as after so many streams, to draw again what was drawn from there.
   *
   * @param streams as {@link #position} told
   */
  public void moveTo(long streams) {
    position.set(streams);
  }

  /**
   * A generator that nobody else got from this source; in a {@link Checkpoint}ed segment that runs
   * again, the one that it got the first time.
   */
  public Philox next() {
    return new Philox(seed, FIRST_STREAM + Checkpoint.drawn(position::getAndIncrement));
  }

  /** Numbers of a distribution. */
  public Tensor draw(Distribution distribution, DType dtype, Shape shape) {
    return Tensor.random(distribution, next(), dtype, shape);
  }

  /** Numbers from {@code low} to below {@code high}, each alike; float32. */
  public Tensor uniform(double low, double high, int... shape) {
    return floats(new Distribution.Uniform(low, high), shape);
  }

  /** Numbers from a normal distribution; float32. */
  public Tensor normal(double mean, double deviation, int... shape) {
    return floats(new Distribution.Normal(mean, deviation), shape);
  }

  /** Numbers from a normal distribution, none outside of the bounds; float32. */
  public Tensor truncatedNormal(
      double mean, double deviation, double low, double high, int... shape) {
    return floats(new Distribution.TruncatedNormal(mean, deviation, low, high), shape);
  }

  /** Ones with a probability, else zeros; float32. */
  public Tensor bernoulli(double probability, int... shape) {
    return floats(new Distribution.Bernoulli(probability), shape);
  }

  /** The numbers 0 to {@code count − 1} in random order; int32. */
  public Tensor permutation(int count) {
    int[] order = next().permutation(count);
    return Tensor.upload(MemorySegment.ofArray(order), DType.INT32, Shape.of(count));
  }

  private Tensor floats(Distribution distribution, int... shape) {
    return draw(distribution, DType.FLOAT32, Shape.of(shape));
  }
}
