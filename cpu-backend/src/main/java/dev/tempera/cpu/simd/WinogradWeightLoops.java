package dev.tempera.cpu.simd;

import static dev.tempera.cpu.simd.AddressSpace.ALL;
import static dev.tempera.cpu.simd.AddressSpace.MASK;
import static dev.tempera.cpu.simd.AddressSpace.ORDER;
import static dev.tempera.cpu.simd.Lanes.COUNT;
import static dev.tempera.cpu.simd.Lanes.FLOATS;
import static dev.tempera.cpu.simd.WinogradPoints.A;
import static dev.tempera.cpu.simd.WinogradPoints.A2;
import static dev.tempera.cpu.simd.WinogradPoints.AT_A;
import static dev.tempera.cpu.simd.WinogradPoints.AT_B;
import static dev.tempera.cpu.simd.WinogradPoints.AT_ZERO;
import static dev.tempera.cpu.simd.WinogradPoints.B;
import static dev.tempera.cpu.simd.WinogradPoints.B2;

import jdk.incubator.vector.FloatVector;

/**
 * The weight transform of F(4×4, 3×3), G·w·Gᵀ, as two passes of the one-dimensional transform.
 * Lanes are output channels. See {@link WinogradPoints}.
 */
public final class WinogradWeightLoops {
  private WinogradWeightLoops() {}

  /**
   * Transforms three weights to six, for many channels.
   *
   * @param source address of the first weights; the second and third lie further
   * @param sourceStride bytes from the first to the second weights
   * @param count floats, a multiple of {@link Lanes#COUNT}
   * @param target address of the first results
   * @param targetStride bytes from each of the six results to the next
   */
  public static void transform(
      long source, long sourceStride, int count, long target, long targetStride) {
    FloatVector atZero = FloatVector.broadcast(FLOATS, 1 / AT_ZERO);
    FloatVector firstA = FloatVector.broadcast(FLOATS, 1 / AT_A);
    FloatVector secondA = FloatVector.broadcast(FLOATS, A / AT_A);
    FloatVector thirdA = FloatVector.broadcast(FLOATS, A2 / AT_A);
    FloatVector firstB = FloatVector.broadcast(FLOATS, 1 / AT_B);
    FloatVector secondB = FloatVector.broadcast(FLOATS, B / AT_B);
    FloatVector thirdB = FloatVector.broadcast(FLOATS, B2 / AT_B);
    for (int i = 0; i < count; i += COUNT) {
      long from = source + i * 4L;
      FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, ALL, from & MASK, ORDER);
      FloatVector w1 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + sourceStride) & MASK, ORDER);
      FloatVector w2 =
          FloatVector.fromMemorySegment(FLOATS, ALL, (from + 2 * sourceStride) & MASK, ORDER);
      long to = target + i * 4L;
      FloatVector outer = w0.fma(firstA, w2.mul(thirdA));
      FloatVector inner = w1.mul(secondA);
      w0.mul(atZero).intoMemorySegment(ALL, to & MASK, ORDER);
      outer.add(inner).intoMemorySegment(ALL, (to + targetStride) & MASK, ORDER);
      outer.sub(inner).intoMemorySegment(ALL, (to + 2 * targetStride) & MASK, ORDER);
      outer = w0.fma(firstB, w2.mul(thirdB));
      inner = w1.mul(secondB);
      outer.add(inner).intoMemorySegment(ALL, (to + 3 * targetStride) & MASK, ORDER);
      outer.sub(inner).intoMemorySegment(ALL, (to + 4 * targetStride) & MASK, ORDER);
      w2.intoMemorySegment(ALL, (to + 5 * targetStride) & MASK, ORDER);
    }
  }
}
