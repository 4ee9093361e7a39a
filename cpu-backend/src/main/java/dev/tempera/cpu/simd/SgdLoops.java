package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.MASK;

import dev.tempera.backend.SgdParams;
import jdk.incubator.vector.FloatVector;

/** Steps of gradient descent on float32 numbers: operand 0 is the parameter, 1 the gradient. */
public final class SgdLoops {
  private SgdLoops() {}

  /** A step without momentum. */
  public static FlatLoop plain(SgdParams params) {
    float decay = (float) params.weightDecay();
    float scale = (float) -params.learningRate();
    return (at, n) -> plain(at[0], at[1], n, decay, scale);
  }

  private static void plain(long parameter, long gradient, int elements, float decay, float scale) {
    long p = parameter & MASK;
    long g = gradient & MASK;
    FloatVector pull = FloatVector.broadcast(Lanes.FLOATS, decay);
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector value = Lanes.load(p + i);
      Lanes.store(value.fma(pull, Lanes.load(g + i)).fma(factor, value), p + i);
    }
  }

  /**
   * A step with momentum; operand 2 is the velocity.
   *
   * @param step counted from 1
   */
  public static FlatLoop momentum(SgdParams params, int step) {
    Momentum constants =
        new Momentum(
            (float) params.weightDecay(),
            (float) params.velocityWeight(step),
            (float) params.gradientWeight(step),
            params.nesterov() ? 1 : 0,
            params.nesterov() ? (float) params.momentum() : 1,
            (float) -params.learningRate());
    return (at, n) -> momentum(at[0], at[1], at[2], n, constants);
  }

  /**
   * The numbers of one step.
   *
   * @param decay weight of the parameter in the gradient
   * @param carried weight of the last velocity in the velocity
   * @param added weight of the gradient in the velocity
   * @param slope weight of the gradient in the direction
   * @param velocity weight of the velocity in the direction
   * @param scale of the direction
   */
  private record Momentum(
      float decay, float carried, float added, float slope, float velocity, float scale) {}

  private static void momentum(
      long parameter, long gradient, long velocity, int elements, Momentum step) {
    long p = parameter & MASK;
    long g = gradient & MASK;
    long v = velocity & MASK;
    FloatVector decay = FloatVector.broadcast(Lanes.FLOATS, step.decay());
    FloatVector added = FloatVector.broadcast(Lanes.FLOATS, step.added());
    FloatVector ahead = FloatVector.broadcast(Lanes.FLOATS, step.slope());
    FloatVector scale = FloatVector.broadcast(Lanes.FLOATS, step.scale());
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector value = Lanes.load(p + i);
      FloatVector slope = value.fma(decay, Lanes.load(g + i));
      FloatVector speed = slope.fma(added, Lanes.load(v + i).mul(step.carried()));
      Lanes.store(speed, v + i);
      FloatVector direction = slope.fma(ahead, speed.mul(step.velocity()));
      Lanes.store(direction.fma(scale, value), p + i);
    }
  }
}
