package dev.tempera.op;

import dev.tempera.backend.NormParams;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of a {@link Normalization} in tensor operations, so that they can be differentiated
 * again. With c = x − μ, h = g·scale and the factor r = 1/√(σ² + ε): ∂x = r·(h − mean h) −
 * c·r³·Σhc/divisor, and with ε outside the root r²/σ in the place of r³.
 */
final class NormalizationRule implements NormalizationGradients {
  /** Stands for the deviation of constant elements, whose centred values are all 0. */
  private static final double LEAST_DEVIATION = 1e-18;

  private final Normalization normalization;
  private final Tensor gradient;
  private final Tensor x;
  private final @Nullable Tensor scale;
  private final Shape grouped;
  private final int[] axes;

  /** The gradients where one was passed back. */
  NormalizationRule(
      Normalization normalization, Tensor gradient, Tensor x, @Nullable Tensor scale) {
    this.normalization = normalization;
    this.gradient = gradient;
    this.x = x;
    this.scale = scale;
    Shape flat = normalization.flat();
    int groups = normalization.groups().groups();
    this.grouped = Shape.of(flat.dim(0), groups, flat.dim(1) / groups, flat.dim(2));
    this.axes = normalization.groups().acrossBatch() ? new int[] {0, 2, 3} : new int[] {2, 3};
  }

  @Override
  public Tensor input() {
    NormParams params = normalization.params();
    Tensor centred = centred();
    Tensor variance = variance(centred);
    Tensor inverse = inverse(variance);
    Tensor scaled = scaled();
    Tensor pull =
        params.epsilonInsideRoot()
            ? inverse.power(3)
            : inverse
                .square()
                .divide(variance.sqrt().clamp(LEAST_DEVIATION, Double.POSITIVE_INFINITY));
    Tensor along = pull.multiply(averaged(scaled.multiply(centred)));
    Tensor across = scaled.subtract(Sum.meanKeepingAxes(scaled, axes));
    Tensor result = inverse.multiply(across).subtract(centred.multiply(along));
    return Reshape.to(result, x.shape());
  }

  @Override
  public Tensor scale() {
    Tensor centred = centred();
    Tensor normal = centred.multiply(inverse(variance(centred)));
    return affine(Reshape.to(gradient, grouped).multiply(normal));
  }

  @Override
  public Tensor shift() {
    return affine(Reshape.to(gradient, grouped));
  }

  private Tensor centred() {
    Tensor images = Reshape.to(x, grouped);
    return images.subtract(Sum.meanKeepingAxes(images, axes));
  }

  private Tensor variance(Tensor centred) {
    return averaged(centred.square());
  }

  /** The sum over each group by the divisor of the variance. */
  private Tensor averaged(Tensor terms) {
    long divisor =
        normalization.params().divisor(normalization.groups().count(normalization.flat()));
    return Sum.sumKeepingAxes(terms, axes).multiply(1.0 / divisor);
  }

  private Tensor inverse(Tensor variance) {
    return Unary.apply(UnaryOp.RECIPROCAL, deviation(variance, normalization.params()));
  }

  /** What elements are divided by: √(σ² + ε) or √σ² + ε. */
  static Tensor deviation(Tensor variance, NormParams params) {
    return params.epsilonInsideRoot()
        ? variance.add(params.epsilon()).sqrt()
        : variance.sqrt().add(params.epsilon());
  }

  /** The gradient with respect to the standardised elements. */
  private Tensor scaled() {
    Tensor images = Reshape.to(gradient, grouped);
    if (scale == null) {
      return images;
    }
    int rows = Math.toIntExact(scale.shape().size() / Math.max(normalization.flat().dim(1), 1));
    Shape each = grouped.with(0, rows).with(3, 1);
    return images.multiply(Reshape.to(scale, each));
  }

  /** Summed to the shape of the scale. */
  private Tensor affine(Tensor terms) {
    Tensor factor = scale == null ? x : scale;
    int rows = Math.toIntExact(factor.shape().size() / Math.max(normalization.flat().dim(1), 1));
    Tensor sums = SumTo.apply(terms, grouped.with(0, rows).with(3, 1));
    return Reshape.to(sums, factor.shape());
  }
}
