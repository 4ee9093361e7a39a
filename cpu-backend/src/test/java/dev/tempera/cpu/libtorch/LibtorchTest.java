package dev.tempera.cpu.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.data.DType;
import dev.tempera.testkit.LeakCheck;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Results;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.SampleRun;
import dev.tempera.testkit.Tolerance;
import dev.tempera.testkit.spec.Specs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation and its gradients against libtorch. */
@ExtendWith(LeakCheck.class)
class LibtorchTest {
  /** Both sides round. */
  private static final double BOTH_ROUND = 2;

  static final List<TwinnedSpec<?>> TWINS =
      Stream.of(
              ElementwiseTwins.all(),
              StructuredTwins.all(),
              AxisTwins.all(),
              ArrangementTwins.all(),
              AlgebraTwins.all(),
              IndexTwins.all(),
              ConvolutionTwins.all(),
              ImageTwins.all(),
              NormTwins.all(),
              LossTwins.all())
          .<TwinnedSpec<?>>flatMap(List::stream)
          .toList();

  @BeforeAll
  static void requireLibtorch() {
    assumeTrue(Libtorch.isAvailable(), "libtorch is not on the class path of this machine");
  }

  @Test
  void everyOperationHasATwin() {
    assertThat(TWINS.stream().map(twin -> twin.spec().name()))
        .containsExactlyInAnyOrderElementsOf(Specs.all().stream().map(OpSpec::name).toList());
  }

  @TestFactory
  Stream<DynamicNode> referenceAgreesInDouble() {
    return compare(Backends.named("reference"), DType.FLOAT64);
  }

  @TestFactory
  Stream<DynamicNode> cpuAgrees() {
    return compare(Backends.named("cpu"), DType.FLOAT32);
  }

  private static Stream<DynamicNode> compare(Backend backend, DType dtype) {
    return TWINS.stream().map(twin -> testsOf(twin, backend, dtype));
  }

  private static <P> DynamicNode testsOf(TwinnedSpec<P> twin, Backend backend, DType dtype) {
    return DynamicContainer.dynamicContainer(
        twin.spec().name(),
        twin.samples().stream()
            .map(
                sample ->
                    DynamicTest.dynamicTest(
                        sample.name(), () -> check(twin, sample, backend, dtype))));
  }

  private static <P> void check(
      TwinnedSpec<P> twin, Sample<P> sample, Backend backend, DType dtype) {
    OpSpec<P> spec = twin.spec();
    Results theirs = Libtorch.run(twin, sample, dtype);
    Results ours = SampleRun.of(spec, sample, backend).in(dtype).run();
    Tolerance value = spec.tolerance(sample).times(BOTH_ROUND).ignoringSignsOfZero();
    Tolerance gradients = spec.gradientTolerance(sample).times(BOTH_ROUND).ignoringSignsOfZero();
    try {
      if (ElementwiseTwins.isOrdinary(sample)) {
        ours.requireClose(theirs, value, gradients);
      } else {
        ours.value().requireClose("value", theirs.value(), value);
      }
    } catch (AssertionError e) {
      throw new AssertionError(spec.name() + " " + sample.name() + ": " + e.getMessage(), e);
    }
  }
}
