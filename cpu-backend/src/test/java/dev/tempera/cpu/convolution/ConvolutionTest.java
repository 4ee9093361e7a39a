package dev.tempera.cpu.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Backend;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.UnaryOp;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.GuardedBackend;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.DType;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.reference.ReferenceBackend;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  private static final int ROUNDS = 120;

  private final CpuBackend backend = GuardedBackend.withThreads(2);
  private final Backend reference = new ReferenceBackend();

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @Test
  void forwardAgreesWithTheReference() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      ConvolutionCase drawn = ConvolutionCase.random(backend, random);
      if (!drawn.fits()) {
        continue;
      }
      boolean relu = random.nextBoolean();
      boolean keepMask = relu && random.nextBoolean();
      View bias = random.nextBoolean() ? drawn.bias() : null;
      Conv2dEpilogue epilogue = new Conv2dEpilogue(bias, relu, keepMask);
      Activated result = backend.conv2d(drawn.x(), drawn.weight(), drawn.params(), epilogue);
      Activated expected = reference.conv2d(drawn.x(), drawn.weight(), drawn.params(), epilogue);
      assertThat(TestViews.elements(result.value()))
          .as("%s", drawn)
          .isEqualTo(TestViews.elements(expected.value()));
      assertThat(result.value().isChannelsLast()).isTrue();
      assertThat(result.mask() != null).isEqualTo(keepMask);
      if (keepMask) {
        Mask mask = Objects.requireNonNull(result.mask());
        assertMask(mask, result.value());
        mask.storage().release();
      }
      result.value().storage().release();
    }
  }

  @Test
  void inputGradientAgreesWithTheReference() {
    Random random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      ConvolutionCase drawn = ConvolutionCase.random(backend, random);
      if (!drawn.fits()) {
        continue;
      }
      Shape output = drawn.outputShape();
      View gradient = ConvolutionCase.image(backend, random, output.toArray());
      Shape shape = drawn.x().shape();
      View result = backend.conv2dGradInput(gradient, null, drawn.weight(), drawn.params(), shape);
      View expected =
          reference.conv2dGradInput(gradient, null, drawn.weight(), drawn.params(), shape);
      assertThat(TestViews.elements(result))
          .as("%s", drawn)
          .isEqualTo(TestViews.elements(expected));
      result.storage().release();
    }
  }

  @Test
  void weightGradientAgreesWithTheReference() {
    Random random = new Random(3);
    for (int round = 0; round < ROUNDS; round++) {
      ConvolutionCase drawn = ConvolutionCase.random(backend, random);
      if (!drawn.fits()) {
        continue;
      }
      View gradient = ConvolutionCase.image(backend, random, drawn.outputShape().toArray());
      Shape shape = drawn.weight().shape();
      View result = backend.conv2dGradWeight(drawn.x(), gradient, drawn.params(), shape);
      View expected = reference.conv2dGradWeight(drawn.x(), gradient, drawn.params(), shape);
      assertThat(result.isRowMajor()).isTrue();
      assertThat(TestViews.elements(result))
          .as("%s", drawn)
          .isEqualTo(TestViews.elements(expected));
      result.storage().release();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64, 64, 1, 7",
    "64, 128, 2, 7",
    "16, 64, 1, 7",
    "16, 64, 1, 45",
    "3, 64, 1, 7",
    "40, 20, 1, 7",
    "128, 128, 2, 7",
    "20, 128, 2, 39"
  })
  void gradientPassesTheMaskFirst(int channels, int outputs, int groups, int width) {
    Random random = new Random(4);
    View x = TestViews.channelsLast(backend, random, 2, channels, 6, width);
    View weight = TestViews.dense(backend, random, outputs, channels / groups, 3, 3);
    Padding padding = Padding.of(1, PaddingMode.REFLECT);
    Conv2dParams params = Conv2dParams.DEFAULT.withPadding(padding).withGroups(groups);
    Activated result = backend.conv2d(x, weight, params, new Conv2dEpilogue(null, true, true));
    Mask mask = Objects.requireNonNull(result.mask());
    View gradient = TestViews.channelsLast(backend, random, 2, outputs, 6, width);
    View masked = backend.applyMask(gradient, mask);
    assertThat(
            TestViews.elements(backend.conv2dGradInput(gradient, mask, weight, params, x.shape())))
        .isEqualTo(
            TestViews.elements(backend.conv2dGradInput(masked, null, weight, params, x.shape())));
  }

  @ParameterizedTest
  @CsvSource({"3, 64", "5, 128", "70, 64"})
  void maskStopsTheGradientWhereTheSumIsNaN(int channels, int outputs) {
    Random random = new Random(9);
    View x = TestViews.channelsLast(backend, random, 1, channels, 9, 37);
    View weight = TestViews.dense(backend, random, outputs, channels, 3, 3);
    View bias = backend.allocate(DType.FLOAT32, Shape.of(outputs), MemoryOrder.ROW_MAJOR);
    backend.fill(bias, Double.NaN);
    Conv2dEpilogue epilogue = new Conv2dEpilogue(bias, true, true);
    Activated result = backend.conv2d(x, weight, Conv2dParams.DEFAULT, epilogue);
    assertThat(TestViews.elements(result.value())).containsOnly(Float.NaN);
    assertMask(Objects.requireNonNull(result.mask()), result.value());
  }

  @Test
  void emptyStacksOfImagesGiveEmptyResultsAndNoWeightGradient() {
    Random random = new Random(8);
    View x = TestViews.channelsLast(backend, random, 0, 5, 6, 7);
    View weight = TestViews.dense(backend, random, 4, 5, 3, 3);
    Conv2dParams params = Conv2dParams.DEFAULT;
    View y = backend.conv2d(x, weight, params, new Conv2dEpilogue(null, true, true)).value();
    assertThat(y.shape()).isEqualTo(Shape.of(0, 4, 4, 5));
    assertThat(backend.conv2dGradInput(y, null, weight, params, x.shape()).shape())
        .isEqualTo(x.shape());
    assertThat(TestViews.elements(backend.conv2dGradWeight(x, y, params, weight.shape())))
        .containsOnly(0)
        .hasSize(180);
  }

  @Test
  void frozenWeightsArePackedOnceAndGivenBackWithThem() {
    Random random = new Random(5);
    View x = TestViews.channelsLast(backend, random, 1, 20, 9, 9);
    View weight = TestViews.dense(backend, random, 20, 20, 3, 3);
    long before = backend.memory().live();
    Conv2dParams params = Conv2dParams.DEFAULT.withStride(2);
    float[] unfrozen = forwardAndBackward(x, weight, params);
    assertThat(backend.memory().live()).isEqualTo(before);
    weight.storage().freeze();
    assertThat(forwardAndBackward(x, weight, params)).isEqualTo(unfrozen);
    long prepared = backend.memory().live();
    assertThat(prepared).isGreaterThan(before);
    assertThat(forwardAndBackward(x, weight, params)).isEqualTo(unfrozen);
    assertThat(backend.memory().live()).isEqualTo(prepared);
    weight.storage().release();
    assertThat(backend.memory().live()).isEqualTo(before - weight.storage().byteSize());
  }

  private float[] forwardAndBackward(View x, View weight, Conv2dParams params) {
    View y = backend.conv2d(x, weight, params, Conv2dEpilogue.NONE).value();
    View gradient = backend.conv2dGradInput(y, null, weight, params, x.shape());
    float[] elements = TestViews.elements(gradient);
    y.storage().release();
    gradient.storage().release();
    return elements;
  }

  @ParameterizedTest
  @CsvSource({"17, 30", "27, 35", "3, 35"})
  void bitsDoNotDependOnThreads(int channels, int width) {
    Random random = new Random(6);
    View x = fractions(TestViews.channelsLast(backend, random, 2, channels, 40, width));
    View weight = fractions(TestViews.dense(backend, random, 70, channels, 3, 3));
    Conv2dParams params = Conv2dParams.DEFAULT.withPadding(1);
    View y = backend.conv2d(x, weight, params, Conv2dEpilogue.NONE).value();
    View input = backend.conv2dGradInput(y, null, weight, params, x.shape());
    View kernel = backend.conv2dGradWeight(x, y, params, weight.shape());
    for (int threads = 1; threads <= 4; threads++) {
      try (CpuBackend other = new CpuBackend(new CpuOptions(threads))) {
        assertSame(other.conv2d(x, weight, params, Conv2dEpilogue.NONE).value(), y);
        assertSame(other.conv2dGradInput(y, null, weight, params, x.shape()), input);
        assertSame(other.conv2dGradWeight(x, y, params, weight.shape()), kernel);
      }
    }
  }

  @Test
  void steadyStateObtainsNothingFromTheSystem() {
    Random random = new Random(7);
    View x = TestViews.dense(backend, random, 1, 30, 33, 31);
    View weight = TestViews.dense(backend, random, 64, 30, 3, 3);
    Conv2dParams params = Conv2dParams.DEFAULT.withPadding(1);
    forwardAndBackward(x, weight, params);
    long before = backend.memory().systemAllocations();
    forwardAndBackward(x, weight, params);
    assertThat(backend.memory().systemAllocations()).isEqualTo(before);
  }

  private View fractions(View x) {
    return backend.unary(UnaryOp.SIN, x, 0, 0);
  }

  private static void assertSame(View result, View expected) {
    assertThat(TestViews.elements(result)).isEqualTo(TestViews.elements(expected));
  }

  private void assertMask(Mask mask, View value) {
    View ones = backend.allocate(value.dtype(), value.shape(), MemoryOrder.CHANNELS_LAST);
    backend.fill(ones, 1);
    float[] passed = TestViews.elements(backend.applyMask(ones, mask));
    float[] values = TestViews.elements(value);
    for (int i = 0; i < values.length; i++) {
      assertThat(passed[i]).isEqualTo(values[i] > 0 ? 1 : 0);
    }
  }
}
