package dev.tempera.testkit.spec;

import dev.tempera.data.ShapeException;
import dev.tempera.op.BinaryCrossEntropy;
import dev.tempera.op.LossReduction;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Logits beside yes-or-no targets, and the weight of yes if there is a third operand. */
public record BinaryCrossEntropySpec() implements OpSpec<LossReduction> {
  @Override
  public String name() {
    return "binaryCrossEntropy";
  }

  @Override
  public Class<?> operation() {
    return BinaryCrossEntropy.class;
  }

  @Override
  public List<Sample<LossReduction>> samples(Draw draw) {
    List<Sample<LossReduction>> samples = new ArrayList<>();
    for (LossReduction reduction : LossReduction.values()) {
      for (int length : new int[] {1, 17, 1025}) {
        Input target = draw.uniform(0, 1, length);
        samples.add(Sample.of(reduction + " " + length, reduction, draw.normal(length), target));
      }
      Input weight = draw.uniform(0.2, 3, 7);
      Input labels = draw.uniform(0, 1, 5, 7);
      samples.add(
          Sample.of(reduction + ", weighted", reduction, draw.normal(5, 7), labels, weight));
      samples.add(
          Sample.of(
                  reduction + ", large",
                  reduction,
                  draw.uniform(-60, 60, 33),
                  draw.uniform(0, 1, 33))
              .notSmooth());
    }
    return samples;
  }

  @Override
  public List<Sample<LossReduction>> largeSamples(Draw draw) {
    Input target = draw.uniform(0, 1, 5, 61, 257);
    return List.of(Sample.of("large", LossReduction.MEAN, draw.normal(5, 61, 257), target));
  }

  @Override
  public Tensor apply(LossReduction reduction, List<Tensor> inputs) {
    return inputs.size() == 2
        ? BinaryCrossEntropy.apply(inputs.get(0), inputs.get(1), reduction)
        : BinaryCrossEntropy.apply(inputs.get(0), inputs.get(1), inputs.get(2), reduction);
  }

  @Override
  public Tolerance tolerance(Sample<LossReduction> sample) {
    return LossSamples.tolerance(sample.parameters(), sample);
  }

  /** Gradients of targets and weights are as large as logits, and are sums over rows. */
  @Override
  public Tolerance gradientTolerance(Sample<LossReduction> sample) {
    return Tolerance.elementwise(24).withFloor(4);
  }

  @Override
  public List<ErrorSample> errors() {
    List<ErrorSample> errors =
        new ArrayList<>(
            LossErrors.of(
                "binaryCrossEntropy",
                (input, target) -> BinaryCrossEntropy.apply(input, target, LossReduction.MEAN)));
    errors.add(
        ErrorSample.of(
            "a weight of another length",
            ShapeException.class,
            () ->
                BinaryCrossEntropy.apply(
                    Tensor.ones(5, 7), Tensor.ones(5, 7), Tensor.ones(5), LossReduction.MEAN),
            "binaryCrossEntropy: shapes do not broadcast",
            "axis -1 has 7 and 5"));
    return errors;
  }
}
