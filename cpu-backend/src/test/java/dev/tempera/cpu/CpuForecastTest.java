package dev.tempera.cpu;

import dev.tempera.testkit.ForecastConformance;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The null backend forecasts what the CPU backend holds, operation by operation. */
class CpuForecastTest {
  @TestFactory
  Stream<DynamicNode> agreesWithTheForecast() {
    return tests(MemoryUse.FAST);
  }

  @TestFactory
  Stream<DynamicNode> agreesWithTheForecastWhereNoFormIsKept() {
    return tests(MemoryUse.LEAN);
  }

  private static Stream<DynamicNode> tests(MemoryUse memory) {
    return new ForecastConformance(() -> new CpuBackend(new CpuOptions(2).withMemory(memory)))
        .tests(Specs.all());
  }
}
