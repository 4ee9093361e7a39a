package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormParams;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Saved;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * Normalisation of each channel by moments from elsewhere, such as the running averages of {@link
 * BatchNorm} when a net is used: y = (x − mean)·r·scale + shift, with r from the variance.
 */
public final class GivenMoments {
  private static final String NAME = "givenMoments";

  private GivenMoments() {}

  /**
   * The normalised tensor.
   *
   * @param x (N, C, …)
   * @param mean (C)
   * @param variance (C)
   * @param scale (C)
   * @param shift (C)
   * @throws dev.tempera.data.ShapeException if the shapes do not fit
   */
  public static Tensor normalize(
      Tensor x, Tensor mean, Tensor variance, Tensor scale, Tensor shift, NormParams params) {
    Recording recording = Recording.of(NAME, x, mean, variance, scale, shift);
    Normalization.requireChannels(NAME, x);
    Shape channels = Shape.of(x.shape().dim(1));
    OperandTypes.requireOne(
        NAME,
        x,
        new OperandTypes.Named("mean", mean),
        new OperandTypes.Named("variance", variance),
        new OperandTypes.Named("scale", scale),
        new OperandTypes.Named("shift", shift));
    Normalization.requireShape(NAME, x, "mean", mean, channels, "(C)");
    Normalization.requireShape(NAME, x, "variance", variance, channels, "(C)");
    Normalization.requireAffine(NAME, x, scale, shift, channels, "(C)");
    View y = standardized(recording.backend(), x, mean, variance, scale, shift, params);
    boolean wantsFactor = recording.needs(0) || recording.needs(1) || recording.needs(2);
    Saved keptInput = recording.save(x, recording.needs(2) || recording.needs(3));
    Saved keptMean = recording.save(mean, recording.needs(2) || recording.needs(3));
    Saved keptVariance = recording.save(variance, wantsFactor || recording.needs(3));
    Saved keptScale = recording.save(scale, wantsFactor);
    int rank = x.shape().rank();
    return recording.result(
        y,
        (gradient, into) -> {
          into.add(
              0,
              () -> {
                Tensor factor = keptScale.tensor().multiply(inverse(keptVariance, params));
                return gradient.multiply(along(factor, rank));
              });
          into.add(
              1,
              () -> {
                Tensor factor = keptScale.tensor().multiply(inverse(keptVariance, params));
                return summed(gradient, channels).multiply(factor).negate();
              });
          into.add(
              2,
              () -> {
                Tensor centred = keptInput.tensor().subtract(along(keptMean.tensor(), rank));
                Tensor sums = summed(gradient.multiply(centred), channels);
                return sums.multiply(keptScale.tensor()).multiply(slope(keptVariance, params));
              });
          into.add(
              3,
              () -> {
                Tensor centred = keptInput.tensor().subtract(along(keptMean.tensor(), rank));
                Tensor sums = summed(gradient.multiply(centred), channels);
                return sums.multiply(inverse(keptVariance, params));
              });
          into.add(4, () -> summed(gradient, channels));
        });
  }

  private static View standardized(
      Backend backend,
      Tensor x,
      Tensor mean,
      Tensor variance,
      Tensor scale,
      Tensor shift,
      NormParams params) {
    Shape flat = Normalization.channels(x.shape());
    int channels = flat.dim(1);
    View rows = backend.reshaped(x.view(), flat);
    View scaleRow = backend.reshaped(scale.view(), Shape.of(1, channels));
    View shiftRow = backend.reshaped(shift.view(), Shape.of(1, channels));
    Moments moments = new Moments(moment(backend, mean), moment(backend, variance));
    NormGroups groups = NormGroups.ofEachChannel(channels, true);
    View y = backend.standardize(rows, moments, groups, params, scaleRow, shiftRow);
    for (View used : new View[] {rows, scaleRow, shiftRow, moments.mean(), moments.variance()}) {
      used.storage().release();
    }
    return Objects.requireNonNull(y.reshape(x.shape()));
  }

  private static View moment(Backend backend, Tensor numbers) {
    View converted = backend.converted(numbers.view(), DType.FLOAT64, MemoryOrder.ROW_MAJOR);
    return Objects.requireNonNull(converted.reshape(Shape.of(1, numbers.shape().dim(0))));
  }

  private static Tensor inverse(Saved variance, NormParams params) {
    return Unary.apply(UnaryOp.RECIPROCAL, NormalizationRule.deviation(variance.tensor(), params));
  }

  /** ∂r/∂σ². */
  private static Tensor slope(Saved variance, NormParams params) {
    Tensor inverse = inverse(variance, params);
    Tensor halved =
        params.epsilonInsideRoot()
            ? inverse.power(3)
            : inverse.square().divide(variance.tensor().sqrt());
    return halved.multiply(-0.5);
  }

  /** (C) as (1, C, 1, …). */
  private static Tensor along(Tensor channels, int rank) {
    int[] lengths = new int[rank];
    Arrays.fill(lengths, 1);
    lengths[1] = channels.shape().dim(0);
    return Reshape.to(channels, Shape.of(lengths));
  }

  /** (N, C, …) summed to (C). */
  private static Tensor summed(Tensor terms, Shape channels) {
    int[] lengths = new int[terms.shape().rank()];
    Arrays.fill(lengths, 1);
    lengths[1] = channels.dim(0);
    return Reshape.to(SumTo.apply(terms, Shape.of(lengths)), channels);
  }
}
