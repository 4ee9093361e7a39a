package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.MASK;

import dev.tempera.backend.RmsPropParams;
import jdk.incubator.vector.FloatVector;

/**
 * Steps of RMSProp on float32 numbers: operand 0 is the parameter, 1 the gradient, 2 the mean
 * square.
 */
public final class RmsPropLoops {
  private final float pull;
  private final float kept;
  private final float added;
  private final float epsilon;
  private final float momentum;
  private final float scale;

  /** The constants of a step. */
  public RmsPropLoops(RmsPropParams params) {
    pull = (float) params.weightDecay();
    kept = (float) params.decay();
    added = (float) (1 - params.decay());
    epsilon = (float) params.epsilon();
    momentum = (float) params.momentum();
    scale = (float) -params.learningRate();
  }

  /** A step. */
  public FlatLoop plain() {
    return (at, n) -> plain(at[0] & MASK, at[1] & MASK, at[2] & MASK, n);
  }

  private void plain(long p, long g, long s, int elements) {
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector slope = slope(p + i, g + i);
      FloatVector direction = slope.div(root(average(slope.mul(slope), s + i)));
      move(direction, p + i);
    }
  }

  /** A step with momentum; operand 3 is the velocity. */
  public FlatLoop withMomentum() {
    return (at, n) -> withMomentum(at[0] & MASK, at[1] & MASK, at[2] & MASK, at[3] & MASK, n);
  }

  private void withMomentum(long p, long g, long s, long v, int elements) {
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector slope = slope(p + i, g + i);
      FloatVector direction = slope.div(root(average(slope.mul(slope), s + i)));
      move(speed(direction, v + i), p + i);
    }
  }

  /** A step with the mean square centred; operand 3 is the mean. */
  public FlatLoop centred() {
    return (at, n) -> centred(at[0] & MASK, at[1] & MASK, at[2] & MASK, at[3] & MASK, n);
  }

  private void centred(long p, long g, long s, long m, int elements) {
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector slope = slope(p + i, g + i);
      FloatVector square = average(slope.mul(slope), s + i);
      move(slope.div(root(centre(square, average(slope, m + i)))), p + i);
    }
  }

  /** A step with the mean square centred and momentum; operand 3 is the mean, 4 the velocity. */
  public FlatLoop centredWithMomentum() {
    return (at, n) ->
        centredWithMomentum(
            at[0] & MASK, at[1] & MASK, at[2] & MASK, at[3] & MASK, at[4] & MASK, n);
  }

  private void centredWithMomentum(long p, long g, long s, long m, long v, int elements) {
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector slope = slope(p + i, g + i);
      FloatVector square = average(slope.mul(slope), s + i);
      FloatVector direction = slope.div(root(centre(square, average(slope, m + i))));
      move(speed(direction, v + i), p + i);
    }
  }

  private FloatVector slope(long parameter, long gradient) {
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, pull);
    return Lanes.load(parameter).fma(factor, Lanes.load(gradient));
  }

  /** Moves an average towards a value. */
  private FloatVector average(FloatVector value, long average) {
    FloatVector share = FloatVector.broadcast(Lanes.FLOATS, added);
    FloatVector moved = value.fma(share, Lanes.load(average).mul(kept));
    Lanes.store(moved, average);
    return moved;
  }

  private static FloatVector centre(FloatVector square, FloatVector mean) {
    return mean.neg().fma(mean, square).max(0f);
  }

  private FloatVector root(FloatVector square) {
    return square.sqrt().add(epsilon);
  }

  private FloatVector speed(FloatVector direction, long velocity) {
    FloatVector speed = Lanes.load(velocity).mul(momentum).add(direction);
    Lanes.store(speed, velocity);
    return speed;
  }

  private void move(FloatVector direction, long parameter) {
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
    Lanes.store(direction.fma(factor, Lanes.load(parameter)), parameter);
  }
}
