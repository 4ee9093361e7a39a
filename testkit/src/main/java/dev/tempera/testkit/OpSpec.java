package dev.tempera.testkit;

import dev.tempera.tensor.Tensor;
import java.util.List;

/**
 * What every harness needs to know of one operation: conformance of backends, gradient check,
 * layouts, error texts, comparison with other libraries, and benchmarks are all run from it.
 *
 * @param <P> the type of what the operation takes besides its operands
 */
public interface OpSpec<P> {
  /** The name, as test reports write it. */
  String name();

  /** The class in {@code dev.tempera.op} that it specifies. */
  Class<?> operation();

  /** Small samples: odd and prime lengths around vector widths, every parameter, special values. */
  List<Sample<P>> samples(Draw draw);

  /**
   * Samples that are large enough for several threads to share the work, too large for the
   * reference backend: what is timed, and compared between numbers of threads. At least one.
   */
  List<Sample<P>> largeSamples(Draw draw);

  /** Runs the operation on the operands of a sample. */
  Tensor apply(P parameters, List<Tensor> inputs);

  /** How far a backend's value may be from the reference. */
  Tolerance tolerance(Sample<P> sample);

  /** How far a backend's gradients may be from the reference. */
  default Tolerance gradientTolerance(Sample<P> sample) {
    return tolerance(sample);
  }

  /** Whether the operation has a gradient at all. */
  default boolean isDifferentiable() {
    return true;
  }

  /**
   * Uses that must be refused, and what the message must say. At least one; that closed operands
   * are refused is tried without being listed.
   */
  List<ErrorSample> errors();

  /** Floating-point operations of the forward pass, for benchmarks; 0 if only memory counts. */
  default long flops(Sample<P> sample) {
    return 0;
  }
}
