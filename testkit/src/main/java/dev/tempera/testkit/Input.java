package dev.tempera.testkit;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One operand of a sample: a shape and its numbers in row-major order. Real numbers are run in
 * whatever type a harness asks for; others have a type of their own.
 */
public final class Input {
  private final Shape shape;
  private final double[] values;
  private final @Nullable DType fixedType;

  private Input(Shape shape, double[] values, @Nullable DType fixedType) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
    this.shape = shape;
    this.values = values;
    this.fixedType = fixedType;
  }

  /** Real numbers, rounded to float32 so that every type holds the same ones. */
  public static Input of(double[] values, int... shape) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new Input(Shape.of(shape), rounded, null);
  }

  /** Bools: true where a value is not 0. */
  public static Input bools(double[] values, int... shape) {
    return new Input(Shape.of(shape), values.clone(), DType.BOOL);
  }

  /** Numbers of one type, whatever a harness asks for. */
  public static Input of(DType dtype, double[] values, int... shape) {
    return new Input(Shape.of(shape), values.clone(), dtype);
  }

  /** The axis lengths. */
  public Shape shape() {
    return shape;
  }

  /** The numbers in row-major order, a copy. */
  public double[] values() {
    return values.clone();
  }

  /** Whether these are real numbers, which may need a gradient. */
  public boolean isFloating() {
    return fixedType == null;
  }

  /** The element type when real numbers are run in the given one. */
  public DType dtype(DType real) {
    return fixedType == null ? real : fixedType;
  }

  /** The same kind of numbers with other values. */
  Input withValues(double[] others) {
    return new Input(shape, others, fixedType);
  }
}
