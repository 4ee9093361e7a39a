package dev.tempera.testkit.spec;

import static dev.tempera.data.DType.INT32;
import static dev.tempera.data.DType.INT64;

import dev.tempera.data.ShapeException;
import dev.tempera.op.CrossEntropy;
import dev.tempera.op.LossReduction;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Logits beside the numbers of classes, or beside probabilities. */
public record CrossEntropySpec() implements OpSpec<CrossEntropySpec.Parameters> {
  /**
   * What the loss takes besides its operands.
   *
   * @param smoothing the share of the uniform distribution in the target
   * @param reduction what becomes of single losses
   */
  public record Parameters(double smoothing, LossReduction reduction) {}

  @Override
  public String name() {
    return "crossEntropy";
  }

  @Override
  public Class<?> operation() {
    return CrossEntropy.class;
  }

  @Override
  public List<Sample<Parameters>> samples(Draw draw) {
    List<Sample<Parameters>> samples = new ArrayList<>();
    for (LossReduction reduction : LossReduction.values()) {
      for (double smoothing : new double[] {0, 0.1}) {
        Parameters parameters = new Parameters(smoothing, reduction);
        String name = reduction + ", smoothing " + smoothing + ", ";
        samples.add(
            Sample.of(name + "int32", parameters, draw.normal(7, 17), draw.indices(INT32, 17, 7)));
        samples.add(
            Sample.of(
                name + "maps, int64",
                parameters,
                draw.normal(2, 5, 3, 4),
                draw.indices(INT64, 5, 2, 3, 4)));
        samples.add(
            Sample.of(
                name + "probabilities",
                parameters,
                draw.normal(5, 13),
                draw.uniform(0, 0.2, 5, 13)));
      }
    }
    Parameters plain = new Parameters(0, LossReduction.MEAN);
    samples.add(Sample.of("one", plain, draw.normal(1, 1), draw.indices(INT32, 1, 1)));
    samples.add(
        Sample.of("large logits", plain, draw.uniform(-90, 90, 9, 11), draw.indices(INT64, 11, 9)));
    return samples;
  }

  @Override
  public List<Sample<Parameters>> largeSamples(Draw draw) {
    Parameters parameters = new Parameters(0.1, LossReduction.MEAN);
    return List.of(
        Sample.of("large", parameters, draw.normal(257, 301), draw.indices(INT64, 301, 257)));
  }

  @Override
  public Tensor apply(Parameters parameters, List<Tensor> inputs) {
    return CrossEntropy.apply(
        inputs.get(0), inputs.get(1), parameters.smoothing(), parameters.reduction());
  }

  @Override
  public Tolerance tolerance(Sample<Parameters> sample) {
    double terms = Math.sqrt((double) sample.input(0).shape().size());
    return Tolerance.elementwise(12 + terms).withFloor(4);
  }

  /** Exponentials are as exact as the logits' range is small. */
  @Override
  public Tolerance gradientTolerance(Sample<Parameters> sample) {
    return Tolerance.elementwise(16 + Extent.range(sample.input(0))).withFloor(4);
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "classes of another shape",
            ShapeException.class,
            () -> loss(Tensor.ones(4, 3), Tensor.of(new int[] {0, 1, 2}, 3), 0),
            "crossEntropy: the target does not fit the logits",
            "logits  [4, 3]",
            "target  int32[3]",
            "numbers of classes have shape [4]"),
        ErrorSample.of(
            "probabilities of another shape",
            ShapeException.class,
            () -> loss(Tensor.ones(4, 3), Tensor.ones(4), 0),
            "probabilities have shape [4, 3]"),
        ErrorSample.of(
            "no axis of classes",
            ShapeException.class,
            () -> loss(Tensor.ones(4), Tensor.of(new int[] {0}), 0),
            "crossEntropy: the logits have no axis of classes",
            "reshape(1, -1)"),
        ErrorSample.of(
            "no such class",
            IndexOutOfBoundsException.class,
            () -> loss(Tensor.ones(2, 3), Tensor.of(new int[] {0, 3}, 2), 0),
            "3"),
        ErrorSample.of(
            "too smooth",
            IllegalArgumentException.class,
            () -> loss(Tensor.ones(1, 3), Tensor.of(new int[] {0}, 1), 1.5),
            "0 ≤ smoothing ≤ 1, here 1.5"),
        ErrorSample.of(
            "a closed target",
            IllegalStateException.class,
            () -> loss(Tensor.ones(4, 3), LossErrors.closed(), 0),
            "crossEntropy: the tensor is closed"));
  }

  private static Tensor loss(Tensor logits, Tensor target, double smoothing) {
    return CrossEntropy.apply(logits, target, smoothing, LossReduction.MEAN);
  }
}
