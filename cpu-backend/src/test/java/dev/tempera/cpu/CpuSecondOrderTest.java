package dev.tempera.cpu;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.SecondOrderGoldens;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Second derivatives of whole nets on the CPU backend, against PyTorch. */
@ExtendWith(LeakCheck.class)
class CpuSecondOrderTest {
  private final Backend cpu = Backends.named("cpu");

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void theHessianVectorProductOfANet(DType dtype) {
    new SecondOrderGoldens(cpu, dtype).checkHessianVectorProduct();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void trainingWithAGradientPenalty(DType dtype) {
    new SecondOrderGoldens(cpu, dtype).checkGradientPenalty();
  }
}
