package dev.tempera.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import dev.tempera.testkit.spec.Specs;
import java.util.List;
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

  @TestFactory
  Stream<DynamicTest> closedOperandsAreRefused() {
    return Specs.all().stream()
        .map(spec -> DynamicTest.dynamicTest(spec.name(), () -> refusesClosedOperands(spec)));
  }

  private static <P> void refusesClosedOperands(OpSpec<P> spec) {
    Sample<P> sample = spec.samples(Draw.forName(spec.name())).getFirst();
    for (int closed = 0; closed < sample.inputs().size(); closed++) {
      try (Backends.Choice _ = Backends.use(Backends.named("reference"));
          TensorScope _ = TensorScope.open(spec.name())) {
        List<Tensor> operands = place(sample.inputs());
        operands.get(closed).close();
        assertThatThrownBy(() -> spec.apply(sample.parameters(), operands))
            .as("operand %d", closed)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("the tensor is closed");
      }
    }
  }

  private static List<Tensor> place(List<Input> inputs) {
    return inputs.stream()
        .map(input -> Guarded.place(Backends.current(), input, DType.FLOAT32, Layout.DENSE))
        .map(Guarded::tensor)
        .toList();
  }

  private static void check(ErrorSample error) {
    try (Backends.Choice _ = Backends.use(Backends.named("reference"))) {
      error.check();
    }
  }
}
