package dev.tempera.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {
  private static void everyNumberComesBack(
      Function<Short, Float> from, DoubleFunction<Short> to, int infinity, int quiet) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = from.apply((short) bits);
      boolean isNaN = (bits & 0x7FFF) > infinity;
      assertThat(Float.isNaN(value)).isEqualTo(isNaN);
      assertThat(to.apply(value)).isEqualTo((short) (isNaN ? bits | quiet : bits));
    }
  }

  @Test
  void everyNumberComesBack() {
    everyNumberComesBack(HalfFloats::fromFloat16, HalfFloats::toFloat16, 0x7C00, 0x200);
    everyNumberComesBack(HalfFloats::fromBfloat16, HalfFloats::toBfloat16, 0x7F80, 0x40);
  }

  private static void roundsToTheNearest(
      Function<Short, Float> from, DoubleFunction<Short> to, int infinity) {
    for (int bits = 0; bits < infinity - 1; bits++) {
      double below = from.apply((short) bits);
      double above = from.apply((short) (bits + 1));
      double middle = (below + above) / 2;
      short even = (short) (bits + (bits & 1));
      assertThat(to.apply(middle)).isEqualTo(even);
      assertThat(to.apply(-middle)).isEqualTo((short) (even | 0x8000));
      assertThat(to.apply(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
      assertThat(to.apply(Math.nextDown(middle))).isEqualTo((short) bits);
    }
  }

  @Test
  void roundsToTheNearestAndTiesToEven() {
    roundsToTheNearest(HalfFloats::fromFloat16, HalfFloats::toFloat16, 0x7C00);
    roundsToTheNearest(HalfFloats::fromBfloat16, HalfFloats::toBfloat16, 0x7F80);
  }

  @Test
  void largeNumbersBecomeInfinite() {
    assertThat(HalfFloats.toFloat16(Math.nextDown(65520.0))).isEqualTo((short) 0x7BFF);
    assertThat(HalfFloats.toFloat16(65520)).isEqualTo((short) 0x7C00);
    assertThat(HalfFloats.toFloat16(-1e300)).isEqualTo((short) 0xFC00);
    assertThat(HalfFloats.toBfloat16(Double.MAX_VALUE)).isEqualTo((short) 0x7F80);
    assertThat(HalfFloats.toBfloat16(Float.MAX_VALUE)).isEqualTo((short) 0x7F80);
    assertThat(HalfFloats.toFloat16(-Double.MIN_VALUE)).isEqualTo((short) 0x8000);
  }
}
