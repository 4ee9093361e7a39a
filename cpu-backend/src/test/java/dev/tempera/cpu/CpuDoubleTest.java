package dev.tempera.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.DType;
import dev.tempera.op.Conv2d;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.LeakCheck;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A small net in float64: large enough that several threads share each of its operations. */
@ExtendWith(LeakCheck.class)
class CpuDoubleTest {
  @Test
  void agreesWithPlainLoops() {
    double[] expected = gradients(Backends.named("reference"));
    double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
    try (CpuBackend backend = new CpuBackend(new CpuOptions(3))) {
      assertThat(gradients(backend)).containsExactly(expected, within(1e-12 * largest));
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    try (CpuBackend one = new CpuBackend(new CpuOptions(1))) {
      double[] expected = gradients(one);
      for (int threads = 2; threads <= 4; threads++) {
        try (CpuBackend backend = new CpuBackend(new CpuOptions(threads))) {
          assertThat(gradients(backend)).isEqualTo(expected);
        }
      }
    }
  }

  /**
   * Those of a loss of a convolution, a Gram matrix and a mean, with respect to image and kernel.
   */
  private static double[] gradients(Backend backend) {
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("net")) {
      Tensor image = Tensor.randomNormal(1, 2, 3, 41, 37).to(DType.FLOAT64).track();
      Tensor kernel = Tensor.randomNormal(2, 21, 3, 3, 3).to(DType.FLOAT64).track();
      Tensor features = Conv2d.applyRelu(image, kernel, null, Conv2dParams.DEFAULT.withPadding(1));
      Tensor rows = features.reshape(2, 21, -1);
      Tensor gram = rows.matmul(rows.transpose()).multiply(1e-3);
      Tensor loss = gram.tanh().square().mean().add(features.exp().mean());
      Gradients gradients = loss.backward();
      return DoubleStream.concat(
              DoubleStream.of(gradients.of(image).toDoubles()),
              DoubleStream.of(gradients.of(kernel).toDoubles()))
          .toArray();
    }
  }
}
