package dev.tempera.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.UnaryOp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error bounds that the loops state, over numbers from the whole range of float32. */
class UnaryLoopsAccuracyTest {
  private static final int SPAN = 4096;

  /** Prime, so that all significands come up. */
  private static final long FEW = 20_011;

  private static final long MANY = 211;

  /** Of the functions that take one. */
  private static final double PARAMETER = 0.75;

  @ParameterizedTest
  @CsvSource({
    "EXP, 1",
    "EXPM1, 1.5",
    "LOG, 1",
    "LOG1P, 1.5",
    "ERF, 1",
    "ELU, 2",
    "SELU, 2",
    "GELU, 4.5",
    "SILU, 3",
    "SOFTPLUS, 2",
    "HARD_SIGMOID, 1",
    "HARD_SWISH, 2",
    "TANH, 1.5",
    "SIGMOID, 2.5",
    "SIN, 0.51",
    "COS, 0.51",
    "SQUARE_ROOT, 0.5",
    "RECIPROCAL, 0.5",
    "RECIPROCAL_SQUARE_ROOT, 1.5",
    "FLOOR, 0",
    "ROUND, 0",
    "SIGN, 0",
    "RELU, 0",
    "STEP, 0",
    "NEGATE, 0",
    "ABSOLUTE, 0",
    "SQUARE, 0.5"
  })
  void keepsItsBound(UnaryOp op, double bound) {
    check(op, bound, FEW);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"EXP, 1", "LOG, 1", "TANH, 1.5", "SIGMOID, 2.5", "SIN, 0.51", "COS, 0.51"})
  void keepsItsBoundAtManyNumbers(UnaryOp op, double bound) {
    check(op, bound, MANY);
  }

  /** Every {@code step}-th bit pattern, in order of its bits as an unsigned number. */
  private static void check(UnaryOp op, double bound, long step) {
    FlatLoop loop = UnaryLoops.of(op, PARAMETER, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(SPAN * Float.BYTES, 64);
      MemorySegment y = arena.allocate(SPAN * Float.BYTES, 64);
      for (long bits = 0; bits < 1L << Integer.SIZE; bits += step * SPAN) {
        for (int i = 0; i < SPAN; i++) {
          x.setAtIndex(ValueLayout.JAVA_INT, i, (int) (bits + i * step));
        }
        loop.run(new long[] {x.address(), y.address()}, SPAN);
        for (int i = 0; i < SPAN; i++) {
          float argument = x.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          float actual = y.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          double exact = op.at(argument, PARAMETER, 0);
          if (!isWithin(bound, argument, actual, exact)) {
            assertThat(actual).as("%s of %s, exactly %s", op, argument, exact).isEqualTo(exact);
          }
        }
      }
    }
  }

  /**
   * Whether a number is at most so many units in the last place away; infinities and NaN as they
   * are. Where a factor of the argument is subnormal, its last place counts.
   */
  private static boolean isWithin(double units, float argument, float actual, double exact) {
    float rounded = (float) exact;
    if (!Float.isFinite(rounded) || !Float.isFinite(actual)) {
      double largest = Math.max(Math.abs(actual), Math.abs(exact));
      boolean overflows = !Double.isNaN(exact) && !Float.isNaN(actual) && largest > Float.MAX_VALUE;
      return Float.compare(actual, rounded) == 0
          || (overflows && Math.min(Math.abs(actual), Math.abs(exact)) > 0x1.fffffcp127);
    }
    double error = Math.abs(actual - exact);
    double lastPlaceOfFactor = Math.abs(argument) * Float.MIN_VALUE;
    return error <= units * Math.ulp(rounded) || error <= units * lastPlaceOfFactor;
  }
}
