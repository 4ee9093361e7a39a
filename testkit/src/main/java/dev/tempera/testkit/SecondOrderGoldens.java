package dev.tempera.testkit;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.op.AvgPool2d;
import dev.tempera.op.Conv2d;
import dev.tempera.op.Sum;
import dev.tempera.op.Unary;
import dev.tempera.tensor.BackwardMode;
import dev.tempera.tensor.Derivatives;
import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradients of gradients of whole nets, compared with what another library computed: the
 * Hessian-vector product of a small net of convolutions, and training with a penalty on a gradient.
 * The files {@code convNetHessian} and {@code gradientPenalty} have the formulas.
 */
public final class SecondOrderGoldens {
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);
  private static final double VARIANCE_OFFSET = 0.125;
  private static final double LEARNING_RATE = 0.05;

  /** Decimal digits that golden numbers were written with, as roundings of a double. */
  private static final Tolerance WRITTEN = new Tolerance(1e4, 1e4, 0);

  /**
   * A few hundred roundings in a row, in sums of up to a hundred terms, each of which the net
   * magnifies a few times.
   */
  private static final Tolerance COMPUTED = new Tolerance(256, 256, 0);

  private final Backend backend;
  private final DType dtype;

  /** The comparisons on a backend in a floating-point type. */
  public SecondOrderGoldens(Backend backend, DType dtype) {
    this.backend = backend;
    this.dtype = dtype;
  }

  private void require(String what, Tensor actual, Numbers expected) {
    Numbers.of(actual)
        .requireClose(what, expected.in(dtype), dtype == DType.FLOAT64 ? WRITTEN : COMPUTED);
  }

  private Tensor tensor(Input input) {
    return Tensor.of(input.values(), input.shape().toArray()).to(dtype);
  }

  /**
   * Compares the Hessian-vector product of a net with convolutions, softplus, average pooling,
   * tanh, a normalisation and a matrix product.
   *
   * @throws AssertionError if the loss or a part of the product is too far away
   */
  public void checkHessianVectorProduct() {
    GoldenCase golden = GoldenFile.read("convNetHessian").get(0);
    int count = golden.gradients().size();
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("Hessian")) {
      List<Tensor> inputs = new ArrayList<>();
      for (Input input : golden.inputs().subList(0, count)) {
        inputs.add(tensor(input).track());
      }
      Tensor loss = loss(inputs);
      require("loss", loss.reshape(1), golden.value());
      Gradients first = loss.backward(BackwardMode.DIFFERENTIABLE);
      Tensor along = Tensor.filled(dtype, Shape.scalar(), 0);
      for (int i = 0; i < count; i++) {
        Tensor direction = tensor(golden.inputs().get(count + i));
        along = along.add(first.of(inputs.get(i)).multiply(direction).sum());
      }
      Gradients second = along.backward();
      for (int i = 0; i < count; i++) {
        require("Hessian-vector product, part " + i, second.of(inputs.get(i)), gradient(golden, i));
      }
    }
  }

  private static Numbers gradient(GoldenCase golden, int index) {
    return golden.gradients().get(index);
  }

  /** The loss of the net of {@link #checkHessianVectorProduct}: of x, w₁, b₁, w₂, w₃. */
  public static Tensor loss(List<Tensor> inputs) {
    Tensor y = Conv2d.apply(inputs.get(0), inputs.get(1), inputs.get(2), SAME);
    y = AvgPool2d.apply(Unary.apply(UnaryOp.SOFTPLUS, y), Pool2dParams.of(2));
    y = Conv2d.apply(y, inputs.get(3), null, SAME.withStride(2)).tanh();
    Tensor centred = y.subtract(Sum.meanKeepingAxes(y, 2, 3));
    Tensor variance = Sum.meanKeepingAxes(centred.square(), 2, 3);
    y = centred.divide(variance.add(VARIANCE_OFFSET).sqrt());
    y = y.reshape(y.shape().dim(0), -1).matmul(inputs.get(4));
    return y.exp().add(y.square()).mean();
  }

  /**
   * Compares training of a small discriminator with the R1 penalty: the loss of every step, and the
   * gradients of the last.
   *
   * @throws AssertionError if one is too far away
   */
  public void checkGradientPenalty() {
    GoldenCase golden = GoldenFile.read("gradientPenalty").get(0);
    int steps = Math.toIntExact(golden.value().shape().size());
    try (Backends.Choice _ = Backends.use(backend);
        TensorScope _ = TensorScope.open("gradient penalty")) {
      List<Tensor> inputs = golden.inputs().stream().map(this::tensor).toList();
      Tensor images = inputs.get(0);
      List<Tensor> parameters = inputs.subList(1, inputs.size());
      double[] losses = new double[steps];
      for (int step = 0; step < steps; step++) {
        try (TensorScope _ = TensorScope.open("step")) {
          List<Tensor> tracked = parameters.stream().map(Tensor::track).toList();
          Tensor loss = penalised(images, tracked);
          losses[step] = loss.item();
          Gradients gradients = loss.backward();
          for (int i = 0; i < tracked.size(); i++) {
            Tensor gradient = gradients.of(tracked.get(i));
            if (step == steps - 1) {
              require("gradient of parameter " + i, gradient, gradient(golden, i));
            }
            InPlace.addScaled(parameters.get(i), gradient, -LEARNING_RATE);
          }
        }
      }
      require("losses", Tensor.of(losses, steps).to(dtype), golden.value());
    }
  }

  private static Tensor penalised(Tensor images, List<Tensor> parameters) {
    Tensor slope = Derivatives.grad(x -> scores(x, parameters).sum()).apply(images);
    Tensor penalty = slope.square().sum(1, 2, 3).mean();
    Tensor scores = scores(images, parameters);
    return Unary.apply(UnaryOp.SOFTPLUS, scores.negate()).mean().add(penalty);
  }

  private static Tensor scores(Tensor images, List<Tensor> parameters) {
    Tensor y = Conv2d.apply(images, parameters.get(0), parameters.get(1), SAME.withStride(2));
    y = Unary.apply(UnaryOp.SOFTPLUS, y);
    return y.reshape(images.shape().dim(0), -1).matmul(parameters.get(2));
  }
}
