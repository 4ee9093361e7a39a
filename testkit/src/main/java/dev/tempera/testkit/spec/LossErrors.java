package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.ErrorSample;
import java.util.List;
import java.util.function.BinaryOperator;

/** What losses refuse of inputs and targets. */
final class LossErrors {
  private LossErrors() {}

  static List<ErrorSample> of(String name, BinaryOperator<Tensor> loss) {
    return List.of(
        ErrorSample.of(
            "shapes that would broadcast",
            ShapeException.class,
            () -> loss.apply(Tensor.ones(4, 1), Tensor.ones(4)),
            name + ": input and target have different shapes",
            "input   [4, 1]",
            "target  [4]",
            "losses do not broadcast"),
        ErrorSample.of(
            "different types",
            IllegalArgumentException.class,
            () -> loss.apply(Tensor.ones(4), Tensor.ones(4).to(DType.FLOAT64)),
            name + ": operands have different element types",
            "target  float64[4]"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> loss.apply(Tensor.ones(4).to(DType.INT32), Tensor.ones(4)),
            name + ": not defined for int32"),
        ErrorSample.of(
            "a closed target",
            IllegalStateException.class,
            () -> loss.apply(Tensor.ones(4), closed()),
            name + ": the tensor is closed"));
  }

  static Tensor closed() {
    Tensor tensor = Tensor.ones(4);
    tensor.close();
    return tensor;
  }
}
