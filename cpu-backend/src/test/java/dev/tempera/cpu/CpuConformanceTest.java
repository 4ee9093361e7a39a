package dev.tempera.cpu;

import dev.tempera.backend.Backends;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.testkit.Conformance;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The CPU backend, between guard zones, against the reference. */
@ExtendWith(LeakCheck.class)
class CpuConformanceTest {
  private final CpuBackend backend = new CpuBackend(new CpuOptions(2), CpuMemory.guarded());

  @AfterEach
  void endTheThreads() {
    backend.close();
  }

  @TestFactory
  Stream<DynamicNode> agreesWithTheReference() {
    return new Conformance(backend, Backends.named("reference")).tests(Specs.all());
  }
}
