package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.MASK;

import dev.tempera.backend.AdamParams;
import jdk.incubator.vector.FloatVector;

/**
 * Steps of Adam on float32 numbers: operand 0 is the parameter, 1 the gradient, 2 the first and 3
 * the second moment.
 */
public final class AdamLoops {
  private final float beta1;
  private final float new1;
  private final float beta2;
  private final float new2;
  private final float secondScale;
  private final float epsilon;
  private final float scale;
  private final float decay;
  private final float kept;

  /**
   * The constants of a step.
   *
   * @param step counted from 1
   */
  public AdamLoops(AdamParams params, int step) {
    beta1 = (float) params.beta1();
    new1 = (float) (1 - params.beta1());
    beta2 = (float) params.beta2();
    new2 = (float) (1 - params.beta2());
    secondScale = (float) (1 / params.secondCorrection(step));
    epsilon = (float) params.epsilon();
    scale = (float) (-params.learningRate() / params.firstCorrection(step));
    decay = (float) params.weightDecay();
    kept = (float) params.keptShare();
  }

  /** A step of Adam. */
  public FlatLoop adam() {
    return (at, n) -> adam(at[0], at[1], at[2], at[3], n);
  }

  private void adam(long parameter, long gradient, long first, long second, int elements) {
    long p = parameter & MASK;
    long g = gradient & MASK;
    long m = first & MASK;
    long v = second & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector value = Lanes.load(p + i);
      FloatVector slope = slope(value, g + i);
      FloatVector mean = mean(slope, m + i);
      FloatVector square = square(slope, v + i);
      move(value, mean, square, p + i);
    }
  }

  /** A step of AMSGrad; operand 4 is the largest second moment. */
  public FlatLoop amsGrad() {
    return (at, n) -> amsGrad(at[0], at[1], at[2], at[3], at[4], n);
  }

  private void amsGrad(
      long parameter, long gradient, long first, long second, long largest, int elements) {
    long p = parameter & MASK;
    long g = gradient & MASK;
    long m = first & MASK;
    long v = second & MASK;
    long w = largest & MASK;
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector value = Lanes.load(p + i);
      FloatVector slope = slope(value, g + i);
      FloatVector mean = mean(slope, m + i);
      FloatVector square = square(slope, v + i).max(Lanes.load(w + i));
      Lanes.store(square, w + i);
      move(value, mean, square, p + i);
    }
  }

  private FloatVector slope(FloatVector value, long gradient) {
    return value.fma(FloatVector.broadcast(Lanes.FLOATS, decay), Lanes.load(gradient));
  }

  /** Moves the first moment towards the gradient. */
  private FloatVector mean(FloatVector slope, long moment) {
    FloatVector share = FloatVector.broadcast(Lanes.FLOATS, new1);
    FloatVector mean = slope.fma(share, Lanes.load(moment).mul(beta1));
    Lanes.store(mean, moment);
    return mean;
  }

  /** Moves the second moment towards the squared gradient. */
  private FloatVector square(FloatVector slope, long moment) {
    FloatVector share = FloatVector.broadcast(Lanes.FLOATS, new2);
    FloatVector square = slope.mul(slope).fma(share, Lanes.load(moment).mul(beta2));
    Lanes.store(square, moment);
    return square;
  }

  private void move(FloatVector value, FloatVector mean, FloatVector square, long parameter) {
    FloatVector root = square.mul(secondScale).sqrt().add(epsilon);
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
    Lanes.store(mean.div(root).fma(factor, value.mul(kept)), parameter);
  }
}
