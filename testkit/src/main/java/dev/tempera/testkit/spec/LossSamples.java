package dev.tempera.testkit.spec;

import dev.tempera.op.LossReduction;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** Inputs beside targets, which most losses take. */
final class LossSamples {
  private static final int[][] SHAPES = {{1}, {}, {17}, {1025}, {5, 33}, {2, 5, 7, 3}, {3, 0}};

  private LossSamples() {}

  /** Inputs and targets that are never equal, reduced in all ways. */
  static List<Sample<LossReduction>> pairs(Draw draw) {
    List<Sample<LossReduction>> samples = new ArrayList<>();
    for (LossReduction reduction : LossReduction.values()) {
      for (int[] shape : SHAPES) {
        Input input = draw.uniform(-3, -0.2, shape);
        String name = reduction + " of " + input.shape();
        Sample<LossReduction> sample = Sample.of(name, reduction, input, draw.uniform(0, 3, shape));
        // The mean of none is not a number.
        samples.add(input.shape().size() == 0 ? sample.notSmooth() : sample);
      }
      samples.add(
          Sample.of(reduction + " with ties", reduction, draw.withTies(33), draw.withTies(33))
              .notSmooth());
    }
    return samples;
  }

  /** Samples that several threads share. */
  static List<Sample<LossReduction>> large(Draw draw) {
    return List.of(
        Sample.of("large", LossReduction.MEAN, draw.normal(5, 61, 257), draw.normal(5, 61, 257)));
  }

  /** A few roundings for each element; in sums of terms of one sign they add up at random. */
  static Tolerance tolerance(LossReduction reduction, Sample<?> sample) {
    long terms = reduction == LossReduction.NONE ? 1 : sample.input(0).shape().size();
    return Tolerance.elementwise(10 + 2 * Math.sqrt((double) terms)).withFloor(1);
  }
}
