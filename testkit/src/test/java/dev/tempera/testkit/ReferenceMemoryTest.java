package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the reference backend does with existing memory. */
@ExtendWith(LeakCheck.class)
class ReferenceMemoryTest {
  private final Backend reference = Backends.named("reference");

  @TestFactory
  Stream<DynamicTest> copiesAndConverts() {
    return new MemoryConformance(reference).tests();
  }

  @TestFactory
  Stream<DynamicTest> updatesInPlace() {
    return new OptimizerConformance(reference, reference).tests();
  }

  @TestFactory
  Stream<DynamicTest> drawsRandomNumbers() {
    return new RandomConformance(reference).tests();
  }
}
