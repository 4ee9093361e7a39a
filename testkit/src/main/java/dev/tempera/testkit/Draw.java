package dev.tempera.testkit;

import dev.tempera.backend.Domain;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Makes the inputs of samples from a seed: the same on every run and machine. */
public final class Draw {
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    20,
    -20,
    1e-30,
    -1e-30,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
  };

  private final SplittableRandom random;

  /** A generator with a seed of its own. */
  public Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A generator whose seed follows from a name. */
  public static Draw forName(String name) {
    return new Draw(name.hashCode());
  }

  /** Numbers from the standard normal distribution. */
  public Input normal(int... shape) {
    return each(random::nextGaussian, shape);
  }

  /** Numbers from a uniform distribution. */
  public Input uniform(double low, double high, int... shape) {
    return each(() -> random.nextDouble(low, high), shape);
  }

  /** Numbers from all of a domain, its kinks left out. */
  public Input within(Domain domain, int... shape) {
    double low = domain.clamp(Double.NEGATIVE_INFINITY);
    double high = domain.clamp(Double.POSITIVE_INFINITY);
    return each(() -> domain.clamp(random.nextDouble(low, high)), shape);
  }

  /** Numbers from −3 to 3 in any order, no two nearer to each other than 6/count. */
  public Input distinct(int... shape) {
    double[] values = new double[Math.toIntExact(Shape.of(shape).size())];
    for (int i = 0; i < values.length; i++) {
      int j = random.nextInt(i + 1);
      values[i] = values[j];
      values[j] = -3 + 6 * (i + 0.5) / values.length;
    }
    return Input.of(values, shape);
  }

  /** Whole numbers from −2 to 2, so that many are equal. */
  public Input withTies(int... shape) {
    return each(() -> random.nextInt(-2, 3), shape);
  }

  /** Places on an axis, of int32 or int64, so many that some repeat and some are left out. */
  public Input indices(DType dtype, int length, int... shape) {
    return Input.of(dtype, each(() -> random.nextInt(length), shape).values(), shape);
  }

  /** Bools, each as likely as the other. */
  public Input bools(int... shape) {
    return Input.bools(each(() -> random.nextInt(2), shape).values(), shape);
  }

  /** NaN, the infinities, both zeros, tiny, huge and half-way numbers. */
  public static Input special() {
    return Input.of(SPECIAL, SPECIAL.length);
  }

  /** The first operand of all pairs of special numbers. */
  public static Input specialLeft() {
    return specialPairs(true);
  }

  /** The second operand of all pairs of special numbers. */
  public static Input specialRight() {
    return specialPairs(false);
  }

  private static Input specialPairs(boolean left) {
    int count = SPECIAL.length;
    double[] values = new double[count * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = SPECIAL[left ? i / count : i % count];
    }
    return Input.of(values, values.length);
  }

  private static Input each(DoubleSupplier number, int... shape) {
    long count = Shape.of(shape).size();
    return Input.of(DoubleStream.generate(number).limit(count).toArray(), shape);
  }
}
