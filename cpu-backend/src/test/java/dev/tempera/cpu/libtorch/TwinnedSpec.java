package dev.tempera.cpu.libtorch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import java.util.List;
import java.util.function.Predicate;

/**
 * An operation and its twin in libtorch.
 *
 * @param spec ours
 * @param twin theirs
 * @param reachable which samples the twin can run
 * @param gradient what becomes of its gradient
 * @param <P> the type of parameters
 */
record TwinnedSpec<P>(
    OpSpec<P> spec, Twin<P> twin, Predicate<Sample<P>> reachable, Gradient gradient) {
  /** The same operation in libtorch. */
  @FunctionalInterface
  interface Twin<P> {
    /** Runs the operation on the operands of a sample. */
    PtNDArray apply(P parameters, List<PtNDArray> inputs);
  }

  /** What becomes of the gradient of a twin. */
  enum Gradient {
    /** It is recorded. */
    RECORDED,
    /** It is not recorded because it is 0 everywhere. */
    ZERO,
    /** It is lost in the Java binding. */
    LOST
  }

  /** An operation whose twin runs all samples. */
  static <P> TwinnedSpec<P> of(OpSpec<P> spec, Twin<P> twin) {
    return new TwinnedSpec<>(spec, twin, sample -> true, Gradient.RECORDED);
  }

  /** The same, whose gradient is not recorded. */
  TwinnedSpec<P> with(Gradient other) {
    return new TwinnedSpec<>(spec, twin, reachable, other);
  }

  /** The same for some samples only. */
  TwinnedSpec<P> where(Predicate<Sample<P>> condition) {
    return new TwinnedSpec<>(spec, twin, reachable.and(condition), gradient);
  }

  /** The samples that the twin can run. */
  List<Sample<P>> samples() {
    return spec.samples(Draw.forName(spec.name())).stream().filter(reachable).toList();
  }
}
