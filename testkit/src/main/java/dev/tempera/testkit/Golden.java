package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A sample with the value and the gradients that another library computed for it, in double.
 *
 * @param spec the operation
 * @param sample its operands and parameters
 * @param seed the gradient that was passed back
 * @param expected value and gradients
 * @param <P> the type of the sample's parameters
 */
public record Golden<P>(OpSpec<P> spec, Sample<P> sample, Input seed, Results expected) {
  /** Decimal digits that golden numbers were written with, as roundings of a double. */
  private static final Tolerance WRITTEN = new Tolerance(1e4, 1e4, 0);

  /** Joins a case that was read from a file with the operation it is of. */
  public static <P> Golden<P> of(OpSpec<P> spec, P parameters, GoldenCase read) {
    Sample<P> sample = Sample.of(read.name(), parameters, read.inputs().toArray(Input[]::new));
    return new Golden<>(
        spec,
        sample,
        read.seed(),
        new Results(read.value(), new ArrayList<@Nullable Numbers>(read.gradients())));
  }

  /**
   * Runs the sample on a backend and compares.
   *
   * @throws AssertionError if value or a gradient is too far away
   */
  public void check(Backend backend, DType dtype) {
    Results actual = SampleRun.of(spec, sample, backend).in(dtype).passingBack(seed).run();
    boolean inDouble = dtype == DType.FLOAT64;
    actual.requireClose(
        expected.in(dtype),
        inDouble ? WRITTEN : spec.tolerance(sample).ignoringSignsOfZero(),
        inDouble ? WRITTEN : spec.gradientTolerance(sample).ignoringSignsOfZero());
  }

  /** The operation and the sample. */
  @Override
  public String toString() {
    return spec.name() + " " + sample.name();
  }
}
