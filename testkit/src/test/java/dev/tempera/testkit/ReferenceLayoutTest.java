package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reference backend gives the same whatever the layout of its operands. */
@ExtendWith(LeakCheck.class)
class ReferenceLayoutTest {
  private final Backend reference = Backends.named("reference");

  @TestFactory
  Stream<DynamicNode> layoutsDoNotMatter() {
    return new Conformance(reference, reference).tests(Specs.all());
  }
}
