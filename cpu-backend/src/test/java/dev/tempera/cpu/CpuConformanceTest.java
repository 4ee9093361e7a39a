package dev.tempera.cpu;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.data.DType;
import dev.tempera.testkit.Conformance;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.MemoryConformance;
import dev.tempera.testkit.OptimizerConformance;
import dev.tempera.testkit.RandomConformance;
import dev.tempera.testkit.spec.Goldens;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The CPU backend, between guard zones, against the reference and against PyTorch. */
@ExtendWith(LeakCheck.class)
class CpuConformanceTest {
  private final Backend reference = Backends.named("reference");
  private final CpuBackend backend = new CpuBackend(new CpuOptions(2), CpuMemory.guarded());

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @TestFactory
  Stream<DynamicNode> agreesWithTheReference() {
    return new Conformance(backend, reference).tests(Specs.all());
  }

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() {
    return Goldens.all().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.toString(), () -> golden.check(backend, DType.FLOAT32)));
  }

  @TestFactory
  Stream<DynamicTest> copiesAndConverts() {
    return new MemoryConformance(backend).tests();
  }

  @TestFactory
  Stream<DynamicTest> updatesInPlace() {
    return new OptimizerConformance(backend, reference).tests();
  }

  @TestFactory
  Stream<DynamicTest> drawsRandomNumbers() {
    return new RandomConformance(backend).tests();
  }
}
