package dev.tempera.cpu;

import dev.tempera.backend.Backends;
import dev.tempera.testkit.Conformance;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation gives what the reference backend gives, whatever the layout of its operands. */
@ExtendWith(LeakCheck.class)
class CpuConformanceTest {
  @TestFactory
  Stream<DynamicNode> agreesWithTheReference() {
    return new Conformance(Backends.named("cpu"), Backends.named("reference")).tests(Specs.all());
  }
}
