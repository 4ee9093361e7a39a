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
    Results expected = expected(spec, sample);
    compare("dense", spec, sample, SampleRun.of(spec, sample, backend), expected);
    compareInDouble(spec, sample);
    compareTwiceDifferentiated(spec, sample);
    if (spec.isDifferentiable()) {
      compareMeeting(spec, sample);
      SampleRun<P> closed = SampleRun.of(spec, sample, backend).ofClosedCopies();
      compare("closed copies of the inputs", spec, sample, closed, expected);
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
      compareOneByOne(spec, sample, expected);
    }
    if (count > 1 && haveOneShape(sample)) {
      compareAliased(spec, sample);
    }
  }

  private <P> void compareInDouble(OpSpec<P> spec, Sample<P> sample) {
    Results expected = SampleRun.of(spec, sample, reference).in(DType.FLOAT64).run();
    SampleRun<P> run = SampleRun.of(spec, sample, backend).in(DType.FLOAT64);
    compare("float64", spec, sample, run, expected);
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
      OpSpec<P> spec, Sample<P> sample, Results dense, Layout layout, List<Integer> inputs) {
    Sample<P> adapted = sample;
    for (int input : inputs) {
      if (!layout.suits(sample.input(input).shape()) || layout == Layout.DENSE) {
        return;
      }
      adapted = adapted.withInput(input, layout.adapt(sample.input(input)));
    }
    SampleRun<P> run = SampleRun.of(spec, adapted, backend);
    inputs.forEach(input -> run.laid(input, layout));
    Results expected = layout.isStretched() ? expected(spec, adapted) : dense;
    compare("inputs " + inputs + " " + layout, spec, adapted, run, expected);
    if (inputs.size() == sample.inputs().size()) {
      Results inDouble = SampleRun.of(spec, adapted, reference).in(DType.FLOAT64).run();
      compare("float64 " + layout, spec, adapted, run.in(DType.FLOAT64), inDouble);
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

  private <P> Results expected(OpSpec<P> spec, Sample<P> sample) {
    return SampleRun.of(spec, sample, reference).run();
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
