package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Compares a backend with the reference, op by op and sample by sample: values and gradients in
 * float32 and float64, gradients of gradients, gradients that meet, every layout of every operand,
 * operands that are one and the same tensor, and gradients asked for one at a time with all other
 * operands frozen.
 */
public final class Conformance {
  private final Backend backend;
  private final Backend reference;

  /** What the reference gives for one set of operands, wherever their elements lie. */
  private record Expected(Results inFloat32, Results inFloat64) {}

  /** A comparison of a backend with another that is trusted. */
  public Conformance(Backend backend, Backend reference) {
    this.backend = backend;
    this.reference = reference;
  }

  /** One test for each sample of each specification, for {@code @TestFactory}. */
  public Stream<DynamicNode> tests(List<OpSpec<?>> specs) {
    return specs.stream().map(this::testsOf);
  }

  private <P> DynamicNode testsOf(OpSpec<P> spec) {
    return DynamicContainer.dynamicContainer(
        spec.name(),
        spec.samples(Draw.forName(spec.name())).stream()
            .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> check(spec, sample))));
  }

  /**
   * Runs all comparisons of one sample.
   *
   * @throws AssertionError if one fails; the message says which
   */
  public <P> void check(OpSpec<P> spec, Sample<P> sample) {
    Expected expected = new Expected(inFloat32(spec, sample), inFloat64(spec, sample));
    SampleRun<P> dense = SampleRun.of(spec, sample, backend);
    compare("dense", spec, sample, dense, expected.inFloat32);
    compare("float64", spec, sample, dense.in(DType.FLOAT64), expected.inFloat64);
    compareTwiceDifferentiated(spec, sample);
    if (spec.isDifferentiable()) {
      compareMeeting(spec, sample);
      SampleRun<P> closed = SampleRun.of(spec, sample, backend).ofClosedCopies();
      compare("closed copies of the inputs", spec, sample, closed, expected.inFloat32);
    }
    int count = sample.inputs().size();
    for (Layout layout : Layout.values()) {
      for (int input = 0; input < count; input++) {
        compareLaid(spec, sample, expected, layout, List.of(input));
      }
      if (count > 1) {
        compareLaid(spec, sample, expected, layout, upTo(count));
      }
    }
    if (count > 1 && spec.isDifferentiable()) {
      compareOneByOne(spec, sample, expected.inFloat32);
    }
    if (count > 1 && haveOneShape(sample)) {
      compareAliased(spec, sample);
    }
  }

  private <P> void compareTwiceDifferentiated(OpSpec<P> spec, Sample<P> sample) {
    Results expected = SampleRun.of(spec, sample, reference).twice().run();
    SampleRun<P> run = SampleRun.of(spec, sample, backend).twice();
    compare("differentiated twice", spec, sample, run, expected);
  }

  private <P> void compareMeeting(OpSpec<P> spec, Sample<P> sample) {
    Results expected = SampleRun.of(spec, sample, reference).meeting().run();
    SampleRun<P> run = SampleRun.of(spec, sample, backend).meeting();
    compare("two gradients at each input", spec, sample, run, expected);
  }

  private <P> void compareLaid(
      OpSpec<P> spec, Sample<P> sample, Expected dense, Layout layout, List<Integer> inputs) {
    Sample<P> adapted = sample;
    for (int input : inputs) {
      if (!layout.suits(sample.input(input).shape()) || layout == Layout.DENSE) {
        return;
      }
      adapted = adapted.withInput(input, layout.adapt(sample.input(input)));
    }
    SampleRun<P> run = SampleRun.of(spec, adapted, backend);
    inputs.forEach(input -> run.laid(input, layout));
    Results inFloat32 = layout.isStretched() ? inFloat32(spec, adapted) : dense.inFloat32;
    compare("inputs " + inputs + " " + layout, spec, adapted, run, inFloat32);
    if (inputs.size() == sample.inputs().size()) {
      Results inFloat64 = layout.isStretched() ? inFloat64(spec, adapted) : dense.inFloat64;
      compare("float64 " + layout, spec, adapted, run.in(DType.FLOAT64), inFloat64);
    }
  }

  private <P> void compareOneByOne(OpSpec<P> spec, Sample<P> sample, Results expected) {
    for (int input = 0; input < sample.inputs().size(); input++) {
      if (sample.input(input).isFloating()) {
        SampleRun<P> run = SampleRun.of(spec, sample, backend).trackingOnly(input).frozen();
        compare("all frozen but input " + input, spec, sample, run, expected);
      }
    }
  }

  private <P> void compareAliased(OpSpec<P> spec, Sample<P> sample) {
    Results expected = SampleRun.of(spec, sample, reference).aliased().run();
    SampleRun<P> run = SampleRun.of(spec, sample, backend).aliased();
    compare("one tensor for all inputs", spec, sample, run, expected);
  }

  private <P> Results inFloat32(OpSpec<P> spec, Sample<P> sample) {
    return SampleRun.of(spec, sample, reference).run();
  }

  private <P> Results inFloat64(OpSpec<P> spec, Sample<P> sample) {
    return SampleRun.of(spec, sample, reference).in(DType.FLOAT64).run();
  }

  private static <P> void compare(
      String how, OpSpec<P> spec, Sample<P> sample, SampleRun<P> run, Results expected) {
    try {
      run.run().requireClose(expected, spec.tolerance(sample), spec.gradientTolerance(sample));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          spec.name() + " " + sample.name() + ", " + how + ": " + e.getMessage(), e);
    }
  }

  private static boolean haveOneShape(Sample<?> sample) {
    return sample.inputs().stream().map(Input::shape).distinct().count() == 1
        && sample.inputs().stream().allMatch(Input::isFloating);
  }

  private static List<Integer> upTo(int count) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(i);
    }
    return all;
  }
}
