package dev.tempera.cpu.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.Numbers;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Results;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.SampleRun;
import dev.tempera.testkit.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gradients of gradients of every operation against libtorch, in float64. */
@ExtendWith(LeakCheck.class)
class LibtorchSecondOrderTest {
  /** Sums of products of what each side rounds. */
  private static final Tolerance TOLERANCE = new Tolerance(1e3, 1e3, 1e3);

  private final Backend reference = Backends.named("reference");

  @BeforeAll
  static void requireLibtorch() {
    assumeTrue(Libtorch.isAvailable(), "libtorch is not on the class path of this machine");
  }

  @TestFactory
  Stream<DynamicNode> referenceAgrees() {
    return LibtorchTest.TWINS.stream()
        .filter(twin -> twin.gradient() == TwinnedSpec.Gradient.RECORDED)
        .filter(twin -> twin.spec().isDifferentiable())
        .map(this::testsOf);
  }

  private <P> DynamicNode testsOf(TwinnedSpec<P> twin) {
    return DynamicContainer.dynamicContainer(
        twin.spec().name(),
        twin.samples().stream()
            .filter(Sample::smooth)
            .filter(sample -> sample.inputs().stream().allMatch(this::isReal))
            .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> check(twin, sample))));
  }

  private boolean isReal(Input input) {
    return input.isFloating() && input.shape().size() > 0;
  }

  private <P> void check(TwinnedSpec<P> twin, Sample<P> sample) {
    OpSpec<P> spec = twin.spec();
    Results ours = SampleRun.of(spec, sample, reference).in(DType.FLOAT64).twice().run();
    List<Numbers> theirs = Libtorch.twice(twin, sample);
    if (ours.gradients().isEmpty() || theirs.isEmpty()) {
      // One side knows that the gradient is constant.
      Stream.concat(ours.gradients().stream(), theirs.stream())
          .filter(Objects::nonNull)
          .forEach(
              gradient ->
                  assertThat(Arrays.stream(gradient.values()).boxed()).allMatch(x -> x == 0));
      return;
    }
    try {
      ours.requireClose(new Results(ours.value(), theirs), TOLERANCE, TOLERANCE);
    } catch (AssertionError e) {
      throw new AssertionError(spec.name() + " " + sample.name() + ": " + e.getMessage(), e);
    }
  }
}
