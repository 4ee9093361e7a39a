package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Requires the same bits of values and gradients from several backends, such as one with one thread
 * and one with four, and from two runs of each.
 */
public final class Determinism {
  private final List<Backend> backends;

  /** A comparison of backends that promise the same bits. */
  public Determinism(List<Backend> backends) {
    this.backends = List.copyOf(backends);
  }

  /** One test for each specification, for {@code @TestFactory}. */
  public Stream<DynamicTest> tests(List<OpSpec<?>> specs) {
    return specs.stream().map(spec -> DynamicTest.dynamicTest(spec.name(), () -> check(spec)));
  }

  /**
   * Runs all samples of a specification, the large ones too.
   *
   * @throws AssertionError if a bit differs
   */
  public <P> void check(OpSpec<P> spec) {
    Draw draw = Draw.forName(spec.name());
    List<Sample<P>> samples = new ArrayList<>(spec.samples(draw));
    samples.addAll(spec.largeSamples(draw));
    for (Sample<P> sample : samples) {
      Results first = SampleRun.of(spec, sample, backends.get(0)).run();
      for (Backend backend : backends) {
        try {
          SampleRun.of(spec, sample, backend).run().requireSame(first);
        } catch (AssertionError e) {
          throw new AssertionError(
              spec.name()
                  + " "
                  + sample.name()
                  + ", "
                  + backend.description()
                  + ": "
                  + e.getMessage(),
              e);
        }
      }
    }
  }
}
