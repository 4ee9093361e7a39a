package dev.tempera.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.data.DType;
import dev.tempera.data.HalfFloats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RealLoopsTest {
  private static final int COUNT = 1 << 16;

  private static void run(DType from, DType to, MemorySegment source, MemorySegment target) {
    Objects.requireNonNull(RealLoops.of(from, to)).run(source.address(), target.address(), COUNT);
  }

  private static short half(DType dtype, float value) {
    return dtype == DType.FLOAT16 ? HalfFloats.toFloat16(value) : HalfFloats.toBfloat16(value);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void widensEveryNumberAndNarrowsWhatLiesAround(DType dtype) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment halves = arena.allocate((long) COUNT * Short.BYTES, 64);
      MemorySegment floats = arena.allocate((long) COUNT * Float.BYTES, 64);
      for (int i = 0; i < COUNT; i++) {
        halves.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) i);
      }
      run(dtype, DType.FLOAT32, halves, floats);
      int[] exact = floats.toArray(ValueLayout.JAVA_INT);
      for (int i = 0; i < COUNT; i++) {
        float expected =
            dtype == DType.FLOAT16
                ? HalfFloats.fromFloat16((short) i)
                : HalfFloats.fromBfloat16((short) i);
        assertThat(exact[i]).isEqualTo(Float.floatToRawIntBits(expected));
      }
      int half = dtype == DType.FLOAT16 ? 1 << 12 : 1 << 15;
      for (int shift : new int[] {0, 1, -1, half, half - 1, half + 1}) {
        narrow(dtype, floats, halves, i -> exact[i] + shift);
      }
      SplittableRandom random = new SplittableRandom(5);
      for (int round = 0; round < 20; round++) {
        narrow(dtype, floats, halves, i -> random.nextInt());
      }
    }
  }

  private static void narrow(
      DType dtype, MemorySegment floats, MemorySegment halves, IntUnaryOperator bits) {
    for (int i = 0; i < COUNT; i++) {
      floats.setAtIndex(ValueLayout.JAVA_INT, i, bits.applyAsInt(i));
    }
    run(DType.FLOAT32, dtype, floats, halves);
    for (int i = 0; i < COUNT; i++) {
      float value = floats.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      short actual = halves.getAtIndex(ValueLayout.JAVA_SHORT, i);
      if (actual != half(dtype, value)) {
        assertThat(actual).as("of %s", value).isEqualTo(half(dtype, value));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void convertsBetweenFloatsAndDoubles(DType to) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment floats = arena.allocate((long) COUNT * Float.BYTES, 64);
      MemorySegment doubles = arena.allocate((long) COUNT * Double.BYTES, 64);
      SplittableRandom random = new SplittableRandom(6);
      for (int i = 0; i < COUNT; i++) {
        double value = random.nextGaussian() * Math.pow(2, random.nextInt(-160, 140));
        floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
        doubles.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
      }
      if (to == DType.FLOAT64) {
        run(DType.FLOAT32, to, floats, doubles);
      } else {
        run(DType.FLOAT64, to, doubles, floats);
      }
      for (int i = 0; i < COUNT; i++) {
        double wide = doubles.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
        float narrow = floats.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        assertThat(narrow).isEqualTo((float) wide);
        assertThat(to == DType.FLOAT64 ? wide : narrow).isEqualTo(narrow);
      }
    }
  }
}
