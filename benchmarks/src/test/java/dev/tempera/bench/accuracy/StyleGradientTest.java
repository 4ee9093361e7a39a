package dev.tempera.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import dev.tempera.cpu.ConvolutionUse;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.DType;
import dev.tempera.tensor.TensorScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StyleGradientTest {
  /** Some thirteen layers forward and back, each with a few roundings of 6e-8. */
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @EnumSource
  void roundingsOfAWholeStepStaySmall(ConvolutionUse use) {
    StyleGradient gradient = new StyleGradient(32, true);
    CpuOptions options = new CpuOptions(2).withConvolution(use);
    try (CpuBackend backend = new CpuBackend(options);
        Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("gradients")) {
      double[] exact = gradient.in(DType.FLOAT64).toDoubles();
      RelativeError error = RelativeError.of(gradient.in(DType.FLOAT32).toFloats(), exact);
      assertThat(error.rootMeanSquare()).isPositive().isLessThan(TOLERANCE);
    }
  }
}
