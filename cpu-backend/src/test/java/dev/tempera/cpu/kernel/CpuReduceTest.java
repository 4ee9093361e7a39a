package dev.tempera.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.ReduceOp;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elements are small whole numbers, so sums are exact and results agree to the bit. */
class CpuReduceTest {
  private final CpuBackend backend = new CpuBackend(new CpuOptions(3));
  private final ReferenceBackend reference = new ReferenceBackend();

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void agreesWithPlainLoopsForAllAxesAndStrides(ReduceOp op) {
    Random random = new Random(3);
    for (int round = 0; round < 150; round++) {
      int[] lengths = random.ints(1 + random.nextInt(4), 1, 19).toArray();
      View x =
          random.nextBoolean()
              ? TestViews.scattered(backend, random, lengths)
              : TestViews.dense(backend, random, lengths);
      int[] axes =
          IntStream.range(0, lengths.length).filter(axis -> random.nextBoolean()).toArray();
      assertSame(op, x, axes);
    }
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void agreesWithPlainLoopsOverSeveralChunks(ReduceOp op) {
    Random random = new Random(1);
    View image = TestViews.channelsLast(backend, random, 2, 3, 301, 307);
    View features = TestViews.channelsLast(backend, random, 1, 67, 83, 89);
    View long1 = TestViews.dense(backend, random, 1, 5, 100_003);
    View wide = TestViews.dense(backend, random, 3, 9001, 1);
    assertSame(op, image, 2, 3);
    assertSame(op, image, 0, 1, 2, 3);
    assertSame(op, image, 1);
    assertSame(op, image, 0, 2);
    assertSame(op, features, 2, 3);
    assertSame(op, features, 1);
    assertSame(op, features, 3);
    assertSame(op, long1, 2);
    assertSame(op, long1, 1);
    assertSame(op, wide, 0);
  }

  @Test
  void sumsOfManyNumbersAreRoundedOnce() {
    View x = backend.filled(DType.FLOAT32, Shape.of(3_000_017), 0.1);
    View sum = backend.reduce(ReduceOp.SUM, x, new int[] {0});
    assertThat(TestViews.elements(sum)).containsExactly((float) (3_000_017 * (double) 0.1f));
  }

  @Test
  void notANumberWinsAndInfinitiesCancel() {
    View x = backend.filled(DType.FLOAT32, Shape.of(1000), 1);
    backend.fill(x.slice(0, 777, 1, 1), Double.POSITIVE_INFINITY);
    assertThat(value(ReduceOp.MAX, x)).isEqualTo(Float.POSITIVE_INFINITY);
    backend.fill(x.slice(0, 100, 1, 1), Double.NEGATIVE_INFINITY);
    assertThat(value(ReduceOp.SUM, x)).isNaN();
    assertThat(value(ReduceOp.MIN, x)).isEqualTo(Float.NEGATIVE_INFINITY);
    backend.fill(x.slice(0, 999, 1, 1), Double.NaN);
    for (ReduceOp op : ReduceOp.values()) {
      assertThat(value(op, x)).isNaN();
    }
  }

  @Test
  void nothingIsReducedToTheIdentity() {
    View none = backend.allocate(DType.FLOAT32, Shape.of(2, 0, 3), MemoryOrder.ROW_MAJOR);
    for (ReduceOp op : ReduceOp.values()) {
      assertSame(op, none, 1);
      assertSame(op, none, 0);
    }
  }

  @Test
  void findsTheFirstLargestForAllStrides() {
    Random random = new Random(2);
    for (int round = 0; round < 100; round++) {
      int[] lengths = random.ints(1 + random.nextInt(4), 1, 19).toArray();
      View x = TestViews.scattered(backend, random, lengths);
      int axis = random.nextInt(lengths.length);
      View expected =
          reference.converted(reference.argmax(x, axis), DType.FLOAT32, MemoryOrder.ROW_MAJOR);
      View actual =
          backend.converted(backend.argmax(x, axis), DType.FLOAT32, MemoryOrder.ROW_MAJOR);
      assertThat(TestViews.elements(actual)).isEqualTo(TestViews.elements(expected));
    }
  }

  private float value(ReduceOp op, View x) {
    return TestViews.elements(backend.reduce(op, x, new int[] {0}))[0];
  }

  private void assertSame(ReduceOp op, View x, int... axes) {
    View actual = backend.reduce(op, x, axes);
    View expected = reference.reduce(op, x, axes);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.isRowMajor()).isTrue();
    assertThat(TestViews.elements(actual)).isEqualTo(TestViews.elements(expected));
  }
}
