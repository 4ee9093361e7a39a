package dev.tempera.testkit.spec;

import dev.tempera.backend.Activated;
import dev.tempera.data.Mask;
import dev.tempera.data.ShapeException;
import dev.tempera.op.ApplyMask;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;
import java.util.Objects;

/** Passing on where the mask of a rectifier is set; the second operand says where. */
public record ApplyMaskSpec() implements OpSpec<NoParameters> {
  @Override
  public String name() {
    return "applyMask";
  }

  @Override
  public Class<?> operation() {
    return ApplyMask.class;
  }

  @Override
  public List<Sample<NoParameters>> samples(Draw draw) {
    return List.of(
        sample(draw, "one", 1),
        sample(draw, "17", 17),
        sample(draw, "1025", 1025),
        sample(draw, "image", 2, 5, 7, 3),
        sample(draw, "vectors", 1, 64, 3, 3));
  }

  @Override
  public List<Sample<NoParameters>> largeSamples(Draw draw) {
    return List.of(sample(draw, "large", 3, 5, 61, 257));
  }

  private static Sample<NoParameters> sample(Draw draw, String name, int... shape) {
    return Sample.of(name, NoParameters.NONE, draw.normal(shape), draw.bools(shape));
  }

  @Override
  public Tensor apply(NoParameters parameters, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    try (Tensor where = inputs.get(1).to(x.dtype())) {
      Activated activated = x.backend().relu(where.view(), true);
      activated.value().storage().release();
      Mask mask = Objects.requireNonNull(activated.mask());
      try {
        return ApplyMask.apply(x, mask);
      } finally {
        mask.storage().release();
      }
    }
  }

  @Override
  public Tolerance tolerance(Sample<NoParameters> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "a mask of another shape",
            ShapeException.class,
            ApplyMaskSpec::withMaskOfAnotherShape,
            "applyMask: the mask has another shape",
            "input   [2, 3]",
            "mask    [6]"));
  }

  private static Tensor withMaskOfAnotherShape() {
    Tensor six = Tensor.ones(6);
    Activated activated = six.backend().relu(six.view(), true);
    activated.value().storage().release();
    Mask mask = Objects.requireNonNull(activated.mask());
    try {
      return ApplyMask.apply(Tensor.ones(2, 3), mask);
    } finally {
      mask.storage().release();
    }
  }
}
