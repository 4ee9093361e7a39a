package dev.tempera.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.MemoryStatistics;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.AvgPool2d;
import dev.tempera.op.Conv2d;
import dev.tempera.op.Gram;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A computation that repeats obtains nothing from the system after its first rounds. */
class CpuSteadyStateTest {
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  private final CpuBackend backend = new CpuBackend(new CpuOptions(3));

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @Test
  void stepsTwoAndThreeObtainNoMemory() {
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("image and weights")) {
      Tensor image = Tensor.randomNormal(1, 1, 3, 48, 56).track();
      Tensor first = Tensor.randomNormal(2, 32, 3, 3, 3).freeze();
      Tensor second = Tensor.randomNormal(3, 32, 32, 3, 3).freeze();
      step(image, first, second);
      MemoryStatistics afterFirst = backend.memory();
      step(image, first, second);
      step(image, first, second);
      MemoryStatistics afterThird = backend.memory();
      assertThat(afterThird.systemAllocations()).isEqualTo(afterFirst.systemAllocations());
      assertThat(afterThird.reserved()).isEqualTo(afterFirst.reserved());
      assertThat(afterThird.live()).isEqualTo(afterFirst.live());
      assertThat(afterThird.peak()).isEqualTo(afterFirst.peak());
    }
    assertThat(backend.memory().storages()).isZero();
  }

  private static void step(Tensor image, Tensor first, Tensor second) {
    try (TensorScope _ = TensorScope.open("step")) {
      Tensor x = Conv2d.applyRelu(image, first, null, SAME);
      x = MaxPool2d.apply(x, Pool2dParams.of(2));
      x = Conv2d.applyRelu(x, second, null, SAME);
      x = AvgPool2d.apply(x, Pool2dParams.of(2));
      Tensor loss = Gram.apply(x).square().mean().add(x.variance(2, 3).sum());
      loss.backward().of(image);
    }
  }
}
