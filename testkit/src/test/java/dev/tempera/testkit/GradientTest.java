package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.testkit.spec.Specs;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every rule, and the rules of what rules are made of, against finite differences in double. */
@ExtendWith(LeakCheck.class)
class GradientTest {
  /** Random directions and gradients passed back that every sample is checked along. */
  private static final int DIRECTIONS = 2;

  private final Backend reference = Backends.named("reference");

  @TestFactory
  Stream<DynamicNode> gradientsAgreeWithFiniteDifferences() {
    return Specs.all().stream().filter(OpSpec::isDifferentiable).map(this::testsOf);
  }

  private <P> DynamicNode testsOf(OpSpec<P> spec) {
    return DynamicContainer.dynamicContainer(
        spec.name(),
        spec.samples(Draw.forName(spec.name())).stream()
            .filter(Sample::smooth)
            .map(
                sample ->
                    DynamicTest.dynamicTest(
                        sample.name(),
                        () -> {
                          GradCheck<P> check = GradCheck.of(spec, sample, reference);
                          for (int i = 0; i < DIRECTIONS; i++) {
                            check.firstOrder();
                            check.secondOrder();
                          }
                        })));
  }
}
