package dev.tempera.cpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The fastest that a core can multiply and add, which benchmarks compare kernels with. */
public final class FmaPeak {
  private static final int CHAINS = 12;

  private FmaPeak() {}

  /** Runs independent chains of fused multiply-adds in registers; returns something of them. */
  public static float run(int rounds) {
    FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, 0.5f);
    FloatVector a = factor;
    FloatVector b = factor;
    FloatVector c = factor;
    FloatVector d = factor;
    FloatVector e = factor;
    FloatVector f = factor;
    FloatVector g = factor;
    FloatVector h = factor;
    FloatVector i = factor;
    FloatVector j = factor;
    FloatVector k = factor;
    FloatVector l = factor;
    for (int round = 0; round < rounds; round++) {
      a = a.fma(factor, factor);
      b = b.fma(factor, factor);
      c = c.fma(factor, factor);
      d = d.fma(factor, factor);
      e = e.fma(factor, factor);
      f = f.fma(factor, factor);
      g = g.fma(factor, factor);
      h = h.fma(factor, factor);
      i = i.fma(factor, factor);
      j = j.fma(factor, factor);
      k = k.fma(factor, factor);
      l = l.fma(factor, factor);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
  }

  /** Floating-point operations of so many rounds. */
  public static double operations(int rounds) {
    return 2.0 * CHAINS * Lanes.COUNT * rounds;
  }
}
