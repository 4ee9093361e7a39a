package dev.tempera.testkit.spec;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.DepthToSpace;
import dev.tempera.tensor.Tensor;
import dev.tempera.testkit.Draw;
import dev.tempera.testkit.ErrorSample;
import dev.tempera.testkit.Input;
import dev.tempera.testkit.OpSpec;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.Tolerance;
import java.util.List;

/** Channels as blocks of pixels; the parameter is the block's side. */
public record DepthToSpaceSpec() implements OpSpec<Integer> {
  @Override
  public String name() {
    return "depthToSpace";
  }

  @Override
  public Class<?> operation() {
    return DepthToSpace.class;
  }

  @Override
  public List<Sample<Integer>> samples(Draw draw) {
    double nan = Double.NaN;
    double[] special = {nan, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    return List.of(
        Sample.of("blocks of 1", 1, draw.normal(2, 3, 4, 5)),
        Sample.of("blocks of 2", 2, draw.normal(2, 12, 3, 5)),
        Sample.of("17 channels", 2, draw.normal(1, 68, 2, 3)),
        Sample.of("blocks of 3", 3, draw.normal(1, 18, 4, 1)),
        Sample.of("no image", 2, draw.normal(0, 4, 2, 2)),
        Sample.of("special", 2, Input.of(special, 1, 4, 1, 1)).notSmooth());
  }

  @Override
  public List<Sample<Integer>> largeSamples(Draw draw) {
    return List.of(Sample.of("large", 2, draw.normal(1, 64, 61, 67)));
  }

  @Override
  public Tensor apply(Integer parameters, List<Tensor> inputs) {
    return DepthToSpace.apply(inputs.get(0), parameters);
  }

  @Override
  public Tolerance tolerance(Sample<Integer> sample) {
    return Tolerance.EXACT;
  }

  @Override
  public List<ErrorSample> errors() {
    return List.of(
        ErrorSample.of(
            "channels that make no whole blocks",
            ShapeException.class,
            () -> DepthToSpace.apply(Tensor.ones(1, 6, 3, 3), 2),
            "depthToSpace: the channels do not make whole blocks",
            "[1, 6, 3, 3]  (N, C·b², H, W)",
            "here b = 2"),
        ErrorSample.of(
            "blocks of 0",
            ShapeException.class,
            () -> DepthToSpace.apply(Tensor.ones(1, 4, 3, 3), 0),
            "here b = 0"),
        ErrorSample.of(
            "three axes",
            ShapeException.class,
            () -> DepthToSpace.apply(Tensor.ones(4, 3, 3), 2),
            "depthToSpace: the channels do not make whole blocks"),
        ErrorSample.of(
            "integers",
            IllegalArgumentException.class,
            () -> DepthToSpace.apply(Tensor.filled(DType.INT32, Shape.of(1, 4, 1, 1), 1), 2),
            "depthToSpace: not defined for int32"));
  }
}
