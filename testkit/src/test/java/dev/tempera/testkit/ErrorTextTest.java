package dev.tempera.testkit;

import dev.tempera.backend.Backends;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Wrong uses are refused, and the message says what is wrong. */
@ExtendWith(LeakCheck.class)
class ErrorTextTest {
  @TestFactory
  Stream<DynamicTest> wrongUsesAreRefused() {
    return Specs.all().stream()
        .flatMap(
            spec ->
                spec.errors().stream()
                    .map(
                        error ->
                            DynamicTest.dynamicTest(
                                spec.name() + ": " + error.name(), () -> check(error))));
  }

  private static void check(ErrorSample error) {
    try (Backends.Choice _ = Backends.use(Backends.named("reference"))) {
      error.check();
    }
  }
}
