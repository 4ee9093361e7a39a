package dev.tempera.cpu.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.tempera.backend.Activated;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.cpu.ConvolutionUse;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.cpu.GuardedBackend;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.Mask;
import dev.tempera.data.View;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with direct convolution, whose results on small whole numbers are exact. */
class WinogradConvolutionTest {
  /**
   * Of the root mean square of the sums: some four times the bound that sums of 576 products of
   * random sign have, 4·√576 roundings of 2⁻²⁴.
   */
  private static final double TOLERANCE = 2e-5;

  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  private final Random random = new Random(11);
  private final CpuBackend winograd = GuardedBackend.withThreads(3);
  private final CpuBackend direct =
      new CpuBackend(new CpuOptions(2).withConvolution(ConvolutionUse.DIRECT));

  @AfterEach
  void endTheThreads() {
    winograd.close();
    direct.close();
  }

  @Test
  void allSidesFrom1To70() {
    View weight = TestViews.dense(direct, random, 64, 64, 3, 3);
    View bias = TestViews.dense(direct, random, 64);
    Conv2dEpilogue epilogue = Conv2dEpilogue.bias(bias);
    for (int side = 1; side <= 70; side++) {
      int other = 1 + (side * 29) % 70;
      View x = TestViews.channelsLast(direct, random, 1, 64, side, other);
      assertClose(
          winograd.conv2d(x, weight, SAME, epilogue).value(),
          direct.conv2d(x, weight, SAME, epilogue).value());
      assertClose(
          winograd.conv2dGradInput(x, null, weight, SAME, x.shape()),
          direct.conv2dGradInput(x, null, weight, SAME, x.shape()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64, 64, 1, 9, 14",
    "64, 16, 2, 13, 5",
    "80, 48, 3, 3, 3",
    "112, 80, 1, 17, 33",
    "128, 256, 2, 8, 8",
    "256, 128, 1, 31, 7",
    "512, 64, 1, 10, 6"
  })
  void allEpilogues(int channels, int outputs, int images, int height, int width) {
    View x = TestViews.channelsLast(direct, random, images, channels, height, width);
    View weight = TestViews.dense(direct, random, outputs, channels, 3, 3);
    View bias = TestViews.scattered(direct, random, outputs);
    for (View added : Arrays.asList(null, bias)) {
      View sums = direct.conv2d(x, weight, SAME, Conv2dEpilogue.bias(added)).value();
      double scale = rootMeanSquare(TestViews.elements(sums));
      assertClose(
          winograd.conv2d(x, weight, SAME, Conv2dEpilogue.bias(added)).value(), sums, scale);
      Conv2dEpilogue relu = new Conv2dEpilogue(added, true, false);
      View rectified = winograd.conv2d(x, weight, SAME, relu).value();
      assertClose(rectified, direct.conv2d(x, weight, SAME, relu).value(), scale);
      Activated masked = winograd.conv2d(x, weight, SAME, new Conv2dEpilogue(added, true, true));
      float[] values = TestViews.elements(masked.value());
      assertThat(values).isEqualTo(TestViews.elements(rectified));
      View passed = winograd.applyMask(masked.value(), Objects.requireNonNull(masked.mask()));
      assertThat(TestViews.elements(passed)).isEqualTo(values);
      View negative = winograd.conv2d(x, weight, SAME, Conv2dEpilogue.bias(added)).value();
      View kept = winograd.applyMask(negative, Objects.requireNonNull(masked.mask()));
      assertThat(TestViews.elements(kept)).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 9, 14", "128, 64, 6, 21", "64, 192, 11, 12", "96, 64, 5, 5"})
  void inputGradientsPassTheMaskFirst(int outputs, int channels, int height, int width) {
    View weight = TestViews.dense(direct, random, outputs, channels, 3, 3);
    View gradient = TestViews.channelsLast(direct, random, 2, outputs, height, width);
    View activation = TestViews.channelsLast(direct, random, 2, outputs, height, width);
    View x = TestViews.channelsLast(direct, random, 2, channels, height, width);
    Mask mask = Objects.requireNonNull(direct.relu(activation, true).mask());
    assertClose(
        winograd.conv2dGradInput(gradient, mask, weight, SAME, x.shape()),
        direct.conv2dGradInput(gradient, mask, weight, SAME, x.shape()));
  }

  @Test
  void inputGradientsAddToSums() {
    View weight = TestViews.dense(direct, random, 64, 80, 3, 3);
    for (int side = 1; side <= 20; side++) {
      int[] lengths = {2, 64, side, 1 + (side * 7) % 20};
      View gradient = TestViews.channelsLast(direct, random, lengths);
      Mask mask = Objects.requireNonNull(direct.relu(gradient, true).mask());
      View sum = TestViews.channelsLast(winograd, random, 2, 80, lengths[2], lengths[3]);
      for (Mask passed : Arrays.asList(null, mask)) {
        View term = direct.conv2dGradInput(gradient, passed, weight, SAME, sum.shape());
        View expected = direct.binary(BinaryOp.ADD, sum, term);
        winograd.addConv2dGradInput(sum, gradient, passed, weight, SAME);
        assertClose(sum, expected);
      }
      sum.storage().release();
    }
  }

  @ParameterizedTest
  @EnumSource(PaddingMode.class)
  void allPaddings(PaddingMode mode) {
    View x = TestViews.channelsLast(direct, random, 2, 64, 7, 6);
    View weight = TestViews.dense(direct, random, 64, 64, 3, 3);
    for (int top = 0; top <= 2; top++) {
      for (int right = 0; right <= 2; right++) {
        Conv2dParams params =
            Conv2dParams.DEFAULT.withPadding(new Padding(top, 2 - right, 1, right, mode));
        View expected = direct.conv2d(x, weight, params, Conv2dEpilogue.NONE).value();
        assertClose(winograd.conv2d(x, weight, params, Conv2dEpilogue.NONE).value(), expected);
        assertClose(
            winograd.conv2dGradInput(expected, null, weight, params, x.shape()),
            direct.conv2dGradInput(expected, null, weight, params, x.shape()));
      }
    }
  }

  @Test
  void viewsInAnyLayout() {
    for (int round = 0; round < 12; round++) {
      View x = TestViews.scattered(direct, random, 2, 64, 9, 5);
      View weight = TestViews.scattered(direct, random, 64, 64, 3, 3);
      assertClose(
          winograd.conv2d(x, weight, SAME, Conv2dEpilogue.NONE).value(),
          direct.conv2d(x, weight, SAME, Conv2dEpilogue.NONE).value());
    }
  }

  @Test
  void bitsDoNotDependOnThreadsNorOnWhatIsKept() {
    View x = TestViews.channelsLast(direct, random, 2, 64, 30, 41);
    View weight = TestViews.dense(direct, random, 128, 64, 3, 3);
    float[] expected = null;
    for (int threads = 1; threads <= 4; threads++) {
      try (CpuBackend backend = new CpuBackend(new CpuOptions(threads))) {
        float[] values =
            TestViews.elements(backend.conv2d(x, weight, SAME, Conv2dEpilogue.NONE).value());
        expected = expected == null ? values : expected;
        assertThat(values).isEqualTo(expected);
        weight.storage().freeze();
      }
    }
  }

  private static void assertClose(View actual, View expected) {
    assertClose(actual, expected, rootMeanSquare(TestViews.elements(expected)));
  }

  private static void assertClose(View actual, View expected, double scale) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    float[] values = TestViews.elements(actual);
    float[] exact = TestViews.elements(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i])
          .as("element %s of %s", i, actual.shape())
          .isCloseTo(exact[i], offset(TOLERANCE * scale));
    }
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }
}
