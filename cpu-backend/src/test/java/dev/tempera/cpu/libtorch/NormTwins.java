package dev.tempera.cpu.libtorch;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.backend.NormParams;
import dev.tempera.testkit.Sample;
import dev.tempera.testkit.spec.AdaptiveInstanceNormSpec;
import dev.tempera.testkit.spec.BatchNormSpec;
import dev.tempera.testkit.spec.GivenMomentsSpec;
import dev.tempera.testkit.spec.GroupNormSpec;
import dev.tempera.testkit.spec.InstanceNormSpec;
import dev.tempera.testkit.spec.LayerNormSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Normalisations in libtorch: its own where it has the parameters, else made of means and squares.
 */
final class NormTwins {
  private static final double FAR = 100;

  private NormTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(new BatchNormSpec(), NormTwins::batchNorm).where(NormTwins::isWellBehaved),
        TwinnedSpec.of(new GivenMomentsSpec(), NormTwins::givenMoments),
        TwinnedSpec.of(new InstanceNormSpec(), NormTwins::instanceNorm)
            .where(NormTwins::isWellBehaved),
        TwinnedSpec.of(new LayerNormSpec(), NormTwins::layerNorm).where(NormTwins::isWellBehaved),
        TwinnedSpec.of(
                new GroupNormSpec(),
                (p, in) -> affine(in, channels(in.get(0), p.groups(), p.norm())))
            .where(NormTwins::isWellBehaved),
        TwinnedSpec.of(new AdaptiveInstanceNormSpec(), NormTwins::adaptive));
  }

  /**
   * Whether libtorch accepts a sample and keeps its digits: it refuses empty ones, and loses them
   * where the mean is far larger than the deviation or the deviation is 0.
   */
  private static boolean isWellBehaved(Sample<?> sample) {
    return sample.smooth()
        && sample.input(0).shape().size() > 0
        && Arrays.stream(sample.input(0).values()).allMatch(value -> Math.abs(value) < FAR);
  }

  private static boolean isPlain(NormParams params) {
    return params.epsilonInsideRoot() && !params.unbiased();
  }

  private static PtNDArray batchNorm(NormParams params, List<PtNDArray> in) {
    PtNDArray x = in.get(0);
    long channels = x.getShape().get(1);
    if (isPlain(params)) {
      return JniUtils.batchNorm(
          x,
          filled(x, 0, channels),
          filled(x, 1, channels),
          in.size() > 1 ? in.get(1) : filled(x, 1, channels),
          in.size() > 2 ? in.get(2) : filled(x, 0, channels),
          true,
          0.1,
          params.epsilon());
    }
    long[] shape = x.getShape().getShape();
    PtNDArray rows = JniUtils.reshape(x, new long[] {shape[0], channels, -1});
    PtNDArray exchanged = JniUtils.transpose(rows, 0, 1);
    PtNDArray flat = JniUtils.reshape(exchanged, new long[] {channels, -1});
    PtNDArray normal = JniUtils.reshape(standardized(flat, params), sizes(exchanged));
    return affine(in, JniUtils.reshape(JniUtils.transpose(normal, 0, 1), shape));
  }

  private static PtNDArray instanceNorm(NormParams params, List<PtNDArray> in) {
    PtNDArray x = in.get(0);
    if (!isPlain(params)) {
      return affine(in, channels(x, (int) x.getShape().get(1), params));
    }
    long[] shape = sizes(x);
    long planes = shape[0] * shape[1];
    PtNDArray one = JniUtils.reshape(x, new long[] {1, planes, -1, 1});
    PtNDArray normal =
        JniUtils.batchNorm(
            one,
            filled(x, 0, planes),
            filled(x, 1, planes),
            filled(x, 1, planes),
            filled(x, 0, planes),
            true,
            0.1,
            params.epsilon());
    return affine(in, JniUtils.reshape(normal, shape));
  }

  private static PtNDArray layerNorm(LayerNormSpec.Parameters parameters, List<PtNDArray> in) {
    PtNDArray x = in.get(0);
    long[] shape = sizes(x);
    long[] last = Arrays.copyOfRange(shape, shape.length - parameters.axes(), shape.length);
    if (isPlain(parameters.norm())) {
      return JniUtils.layerNorm(
          x,
          new Shape(last),
          in.size() > 1 ? in.get(1) : filled(x, 1, last),
          in.size() > 2 ? in.get(2) : filled(x, 0, last),
          parameters.norm().epsilon());
    }
    long length = new Shape(last).size();
    PtNDArray flat = JniUtils.reshape(x, new long[] {-1, length});
    PtNDArray normal = JniUtils.reshape(standardized(flat, parameters.norm()), shape);
    PtNDArray scaled = in.size() > 1 ? JniUtils.mul(normal, in.get(1)) : normal;
    return in.size() > 2 ? JniUtils.add(scaled, in.get(2)) : scaled;
  }

  private static PtNDArray givenMoments(NormParams params, List<PtNDArray> in) {
    PtNDArray x = in.get(0);
    PtNDArray centred = JniUtils.sub(x, along(x, in.get(1)));
    PtNDArray normal = JniUtils.div(centred, along(x, deviation(in.get(2), params)));
    return affine(List.of(x, in.get(3), in.get(4)), normal);
  }

  private static PtNDArray adaptive(NormParams params, List<PtNDArray> in) {
    PtNDArray content = in.get(0);
    PtNDArray normal = channels(content, (int) content.getShape().get(1), params);
    PtNDArray mean = in.get(1);
    PtNDArray deviation = in.get(in.size() - 1);
    if (in.size() == 2) {
      long[] shape = sizes(mean);
      PtNDArray pixels = JniUtils.reshape(mean, new long[] {shape[0], shape[1], -1});
      mean = JniUtils.mean(pixels, 2, true);
      deviation = deviation(variance(JniUtils.sub(pixels, mean), params), params);
    }
    long[] each = {mean.getShape().get(0), mean.getShape().get(1), 1, 1};
    PtNDArray scaled = JniUtils.mul(normal, JniUtils.reshape(deviation, each));
    return JniUtils.add(scaled, JniUtils.reshape(mean, each));
  }

  /** (N, C, …) with neighbouring channels of an image standardised together. */
  private static PtNDArray channels(PtNDArray x, int groups, NormParams params) {
    long[] shape = sizes(x);
    PtNDArray flat = JniUtils.reshape(x, new long[] {shape[0] * groups, -1});
    return JniUtils.reshape(standardized(flat, params), shape);
  }

  /** Rows of mean 0 and variance 1. */
  private static PtNDArray standardized(PtNDArray rows, NormParams params) {
    PtNDArray centred = JniUtils.sub(rows, JniUtils.mean(rows, 1, true));
    return JniUtils.div(centred, deviation(variance(centred, params), params));
  }

  /** The variance along the last axis, which keeps length 1. */
  private static PtNDArray variance(PtNDArray centred, NormParams params) {
    int axis = centred.getShape().dimension() - 1;
    long count = centred.getShape().get(axis);
    PtNDArray squares = JniUtils.sum(JniUtils.square(centred), new long[] {axis}, true);
    return JniUtils.div(squares, filled(centred, (double) params.divisor(count)));
  }

  private static PtNDArray deviation(PtNDArray variance, NormParams params) {
    PtNDArray epsilon = filled(variance, params.epsilon());
    return params.epsilonInsideRoot()
        ? JniUtils.sqrt(JniUtils.add(variance, epsilon))
        : JniUtils.add(JniUtils.sqrt(variance), epsilon);
  }

  /** Scaled by the second operand and shifted by the third, if they are there. */
  private static PtNDArray affine(List<PtNDArray> in, PtNDArray normal) {
    PtNDArray scaled = in.size() > 1 ? JniUtils.mul(normal, along(normal, in.get(1))) : normal;
    return in.size() > 2 ? JniUtils.add(scaled, along(normal, in.get(2))) : scaled;
  }

  /** (C) as (1, C, 1, …). */
  private static PtNDArray along(PtNDArray x, PtNDArray channels) {
    long[] shape = new long[x.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = -1;
    return JniUtils.reshape(channels, shape);
  }

  private static long[] sizes(PtNDArray array) {
    return array.getShape().getShape();
  }

  private static PtNDArray filled(PtNDArray like, double value, long... shape) {
    return JniUtils.full(
        like.getManager(),
        new Shape(shape),
        value,
        like.getDataType(),
        Device.cpu(),
        SparseFormat.DENSE);
  }
}
