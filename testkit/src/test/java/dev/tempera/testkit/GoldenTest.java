package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.testkit.spec.Goldens;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reference backend against results of PyTorch, value and gradient. */
@ExtendWith(LeakCheck.class)
class GoldenTest {
  private final Backend reference = Backends.named("reference");

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() {
    return Goldens.all().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.toString(),
                    () -> {
                      golden.check(reference, DType.FLOAT64);
                      golden.check(reference, DType.FLOAT32);
                    }));
  }
}
