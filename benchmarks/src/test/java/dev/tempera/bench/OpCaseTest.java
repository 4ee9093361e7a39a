package dev.tempera.bench;

import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation can be timed, and gives everything back. */
@ExtendWith(LeakCheck.class)
class OpCaseTest {
  @TestFactory
  Stream<DynamicTest> everyOperationCanBeTimed() {
    return Specs.all().stream()
        .map(OpSpec::name)
        .map(name -> DynamicTest.dynamicTest(name, () -> runOnce(name)));
  }

  private static void runOnce(String name) {
    try (OpCase<?> operation = OpCase.named(name)) {
      operation.forward();
      operation.forwardAndBackward();
    }
  }
}
