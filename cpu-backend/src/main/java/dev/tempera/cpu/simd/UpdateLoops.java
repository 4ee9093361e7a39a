package dev.tempera.cpu.simd;

import dev.tempera.backend.AdamParams;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** Loops that update float32 numbers in place. */
public final class UpdateLoops {
  private UpdateLoops() {}

  /** Operand 0 ← operand 0 + scale · operand 1. */
  public static FlatLoop addScaled(float scale) {
    return (at, n) -> addScaled(at[0], at[1], n, scale);
  }

  private static void addScaled(long updated, long direction, int elements, float scale) {
    long x = updated & AddressSpace.MASK;
    long d = direction & AddressSpace.MASK;
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(d + i).fma(factor, Lanes.load(x + i)), x + i);
    }
  }

  /** Adds float32 numbers to others, as many as there are. */
  public static void add(long addends, long updated, int elements) {
    long a = addends & AddressSpace.MASK;
    long x = updated & AddressSpace.MASK;
    int whole = elements - elements % Lanes.COUNT;
    for (int i = 0; i < whole * Float.BYTES; i += Lanes.BYTES) {
      Lanes.store(Lanes.load(x + i).add(Lanes.load(a + i)), x + i);
    }
    for (int i = whole * Float.BYTES; i < elements * Float.BYTES; i += Float.BYTES) {
      float sum = get(x + i) + get(a + i);
      AddressSpace.ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, x + i, sum);
    }
  }

  private static float get(long address) {
    return AddressSpace.ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
  }

  /**
   * A step of Adam: operand 0 is the parameter, 1 the gradient, 2 the first and 3 the second
   * moment.
   *
   * @param step counted from 1
   */
  public static FlatLoop adam(AdamParams params, int step) {
    AdamStep constants =
        new AdamStep(
            (float) params.beta1(),
            (float) (1 - params.beta1()),
            (float) params.beta2(),
            (float) (1 - params.beta2()),
            (float) (1 / params.secondCorrection(step)),
            (float) params.epsilon(),
            (float) (-params.learningRate() / params.firstCorrection(step)));
    return (at, n) -> adam(at[0], at[1], at[2], at[3], n, constants);
  }

  /**
   * The numbers of one step.
   *
   * @param beta1 decay of the first moment
   * @param new1 weight of the gradient
   * @param beta2 decay of the second moment
   * @param new2 weight of the squared gradient
   * @param secondScale corrects the second moment
   * @param epsilon added to its root
   * @param scale of the direction
   */
  private record AdamStep(
      float beta1,
      float new1,
      float beta2,
      float new2,
      float secondScale,
      float epsilon,
      float scale) {}

  private static void adam(
      long parameter, long gradient, long first, long second, int elements, AdamStep step) {
    long p = parameter & AddressSpace.MASK;
    long g = gradient & AddressSpace.MASK;
    long m = first & AddressSpace.MASK;
    long v = second & AddressSpace.MASK;
    FloatVector new1 = FloatVector.broadcast(Lanes.FLOATS, step.new1());
    FloatVector new2 = FloatVector.broadcast(Lanes.FLOATS, step.new2());
    FloatVector scale = FloatVector.broadcast(Lanes.FLOATS, step.scale());
    for (int i = 0; i < elements * Float.BYTES; i += Lanes.BYTES) {
      FloatVector slope = Lanes.load(g + i);
      FloatVector mean = slope.fma(new1, Lanes.load(m + i).mul(step.beta1()));
      FloatVector square = slope.mul(slope).fma(new2, Lanes.load(v + i).mul(step.beta2()));
      FloatVector root = square.mul(step.secondScale()).sqrt().add(step.epsilon());
      Lanes.store(mean, m + i);
      Lanes.store(square, v + i);
      Lanes.store(mean.div(root).fma(scale, Lanes.load(p + i)), p + i);
    }
  }
}
