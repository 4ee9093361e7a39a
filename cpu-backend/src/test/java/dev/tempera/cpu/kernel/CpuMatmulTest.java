package dev.tempera.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.UnaryOp;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.GuardedBackend;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CpuMatmulTest {
  private final CpuBackend backend = GuardedBackend.withThreads(2);

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @Test
  void agreesWithPlainLoopsForAllStrides() {
    Random random = new Random(1);
    for (int round = 0; round < 150; round++) {
      int[] length = {1 + random.nextInt(3), size(random), size(random), size(random)};
      View a = operand(random, length[0], length[1], length[2]);
      View b = operand(random, length[0], length[2], length[3]);
      assertProduct(a, b);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "200, 300, 130",
    "97, 257, 65",
    "6, 1000, 64",
    "500, 3, 500",
    "3, 129, 1",
    "2000, 64, 64",
    "2000, 70, 32",
    "2003, 130, 8",
    "1500, 140, 200"
  })
  void agreesWithPlainLoopsBeyondOneBlock(int rows, int depth, int columns) {
    Random random = new Random(rows);
    assertProduct(
        TestViews.dense(backend, random, 1, rows, depth),
        TestViews.dense(backend, random, 1, depth, columns));
    assertProduct(
        TestViews.dense(backend, random, 1, depth, rows).transposed(),
        TestViews.dense(backend, random, 1, columns, depth).transposed());
  }

  @Test
  void cutsALongInnerDimension() {
    Random random = new Random(2);
    View a = TestViews.dense(backend, random, 2, 5, 20_011);
    View b = TestViews.dense(backend, random, 2, 20_011, 7);
    assertProduct(a, b);
  }

  @Test
  void stretchesEitherStack() {
    Random random = new Random(3);
    Shape stretchedA = Shape.of(3, 130, 40);
    Shape stretchedB = Shape.of(3, 40, 50);
    View a = TestViews.dense(backend, random, 1, 130, 40);
    View b = TestViews.dense(backend, random, 3, 50, 40).transposed();
    assertProduct(a.expand(stretchedA), b);
    View one = TestViews.dense(backend, random, 1, 50, 40).transposed();
    assertProduct(TestViews.dense(backend, random, 3, 130, 40), one.expand(stretchedB));
  }

  @Test
  void emptyInnerDimensionGivesZeros() {
    View a = TestViews.dense(backend, new Random(4), 1, 3, 0);
    View b = TestViews.dense(backend, new Random(4), 1, 0, 4);
    assertThat(TestViews.elements(backend.matmul(a, b))).containsOnly(0).hasSize(12);
    assertThat(TestViews.elements(backend.matmul(b, a))).isEmpty();
  }

  @Test
  void infinityAndNanSpreadLikeInPlainLoops() {
    View a = TestViews.dense(backend, new Random(5), 1, 1, 2);
    View b = TestViews.dense(backend, new Random(5), 1, 2, 2);
    backend.fill(a, 1);
    backend.fill(b, 2);
    backend.fill(a.slice(2, 0, 1, 1), Double.POSITIVE_INFINITY);
    assertThat(TestViews.elements(backend.matmul(a, b))).containsOnly(Float.POSITIVE_INFINITY);
    backend.fill(b.slice(2, 0, 1, 1).slice(1, 0, 1, 1), 0);
    assertThat(TestViews.elements(backend.matmul(a, b)))
        .containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
  }

  @Test
  void gramAgreesWithTheProductAndIsSymmetric() {
    Random random = new Random(6);
    for (int[] shape : new int[][] {{1, 3, 5}, {2, 70, 33}, {1, 64, 5000}, {1, 200, 300}}) {
      View features = TestViews.dense(backend, random, shape);
      assertGram(features);
      assertGram(TestViews.dense(backend, random, shape[0], shape[2], shape[1]).transposed());
      assertGram(TestViews.scattered(backend, random, shape));
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    Random random = new Random(7);
    View a = TestViews.dense(backend, random, 2, 150, 70);
    View features = TestViews.dense(backend, random, 1, 40_000, 37).transposed();
    backend.assign(a, backend.unary(UnaryOp.SIN, a, 0, 0));
    View fractions = backend.unary(UnaryOp.SIN, features, 0, 0);
    float[] product = TestViews.elements(backend.matmul(a, a.transposed()));
    float[] gram = TestViews.elements(backend.gram(fractions));
    for (int threads = 1; threads <= 4; threads++) {
      try (CpuBackend other = new CpuBackend(new CpuOptions(threads))) {
        assertThat(TestViews.elements(other.matmul(a, a.transposed()))).isEqualTo(product);
        assertThat(TestViews.elements(other.gram(fractions))).isEqualTo(gram);
      }
    }
  }

  @Test
  void steadyStateObtainsNothingFromTheSystem() {
    Random random = new Random(8);
    View a = TestViews.dense(backend, random, 1, 300, 5000);
    backend.matmul(a, a.transposed()).storage().release();
    long before = backend.memory().systemAllocations();
    long live = backend.memory().live();
    backend.matmul(a, a.transposed()).storage().release();
    assertThat(backend.memory().systemAllocations()).isEqualTo(before);
    assertThat(backend.memory().live()).isEqualTo(live);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void gramRefusesImages(DType dtype) {
    View images = backend.allocate(dtype, Shape.of(1, 2, 3, 4), MemoryOrder.CHANNELS_LAST);
    assertThatThrownBy(() -> backend.gram(images))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("gram: features need three axes");
    images.storage().release();
  }

  private void assertGram(View features) {
    View gram = backend.gram(features);
    assertThat(TestViews.elements(gram)).isEqualTo(plainProduct(features, features.transposed()));
    assertThat(TestViews.elements(gram.transposed())).isEqualTo(TestViews.elements(gram));
    gram.storage().release();
  }

  private void assertProduct(View a, View b) {
    View product = backend.matmul(a, b);
    assertThat(product.isRowMajor()).isTrue();
    assertThat(TestViews.elements(product)).as("%s times %s", a, b).isEqualTo(plainProduct(a, b));
    product.storage().release();
  }

  private View operand(Random random, int... lengths) {
    return switch (random.nextInt(3)) {
      case 0 -> TestViews.dense(backend, random, lengths);
      case 1 -> TestViews.dense(backend, random, lengths[0], lengths[2], lengths[1]).transposed();
      default -> TestViews.scattered(backend, random, lengths);
    };
  }

  private static int size(Random random) {
    return 1 + random.nextInt(random.nextBoolean() ? 8 : 70);
  }

  private static float[] plainProduct(View a, View b) {
    int rows = a.shape().dim(1);
    int depth = a.shape().dim(2);
    int columns = b.shape().dim(2);
    float[] left = TestViews.elements(a);
    float[] right = TestViews.elements(b);
    float[] result = new float[a.shape().dim(0) * rows * columns];
    for (int i = 0; i < result.length; i++) {
      int row = i / columns;
      int matrix = row / rows;
      double sum = 0;
      for (int k = 0; k < depth; k++) {
        sum += left[row * depth + k] * right[(matrix * depth + k) * columns + i % columns];
      }
      result[i] = (float) sum;
    }
    return result;
  }
}
