package dev.tempera.reference;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps;
import dev.tempera.backend.NormParams;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Normalisation as its formulas say; the variance in a second pass. */
interface ReferenceNorm extends NormOps, ReferenceMatmul, ReferenceElementwise, ReferenceReduce {
  @Override
  default Moments moments(View x, NormGroups groups, NormParams params) {
    Shape shape = groups.momentsShape(x.shape());
    long count = groups.count(x.shape());
    int channels = x.shape().dim(1) / groups.groups();
    View mean = filled(DType.FLOAT64, shape, 0);
    View variance = filled(DType.FLOAT64, shape, 0);
    Elements in = new Elements(x);
    Elements means = new Elements(mean);
    Elements variances = new Elements(variance);
    Coordinates.forEach(
        x.shape(), at -> means.add(in.get(at), groups.row(at[0]), at[1] / channels));
    Coordinates.forEach(shape, at -> means.set(means.get(at) / count, at));
    Coordinates.forEach(
        x.shape(),
        at -> {
          int row = groups.row(at[0]);
          int group = at[1] / channels;
          double centred = in.get(at) - means.get(row, group);
          variances.add(centred * centred, row, group);
        });
    long divisor = params.divisor(count);
    Coordinates.forEach(shape, at -> variances.set(variances.get(at) / divisor, at));
    return new Moments(mean, variance);
  }

  @Override
  default View standardize(
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      @Nullable View shift) {
    View result = like(x);
    int channels = x.shape().dim(1) / groups.groups();
    Elements in = new Elements(x);
    Elements out = new Elements(result);
    Elements means = new Elements(moments.mean());
    Elements variances = new Elements(moments.variance());
    Coordinates.forEach(
        x.shape(),
        at -> {
          int row = groups.row(at[0]);
          int group = at[1] / channels;
          double inverse = params.inverseDeviation(variances.get(row, group));
          double normal = (in.get(at) - means.get(row, group)) * inverse;
          out.set(normal * affine(scale, at, 1) + affine(shift, at, 0), at);
        });
    return result;
  }

  /** The scale or shift at (image, channel, pixel). */
  private static double affine(@Nullable View numbers, int[] at, double otherwise) {
    if (numbers == null) {
      return otherwise;
    }
    return new Elements(numbers).get(numbers.shape().dim(0) == 1 ? 0 : at[0], at[1]);
  }

  private View like(View x) {
    View memory = allocate(x.dtype(), x.shape(), MemoryOrder.ROW_MAJOR);
    return View.of(memory.storage(), x.dtype(), x.shape(), NormOps.strides(x), 0);
  }

  @Override
  default NormGradients standardizeGradients(
      View gradient,
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale,
      boolean wantsInput,
      boolean wantsAffine) {
    NormGradients affine =
        scale == null || !wantsAffine
            ? new NormGradients(null, null, null)
            : affineGradients(gradient, x, moments, groups, params, scale);
    View input = wantsInput ? inputGradient(gradient, x, moments, groups, params, scale) : null;
    return new NormGradients(input, affine.scale(), affine.shift());
  }

  private NormGradients affineGradients(
      View gradient, View x, Moments moments, NormGroups groups, NormParams params, View scale) {
    int channels = x.shape().dim(1) / groups.groups();
    View sums = filled(DType.FLOAT64, scale.shape(), 0);
    View products = filled(DType.FLOAT64, scale.shape(), 0);
    Elements in = new Elements(x);
    Elements slope = new Elements(gradient);
    Elements means = new Elements(moments.mean());
    Elements variances = new Elements(moments.variance());
    Elements sum = new Elements(sums);
    Elements product = new Elements(products);
    Coordinates.forEach(
        x.shape(),
        at -> {
          int row = groups.row(at[0]);
          int group = at[1] / channels;
          int image = scale.shape().dim(0) == 1 ? 0 : at[0];
          double inverse = params.inverseDeviation(variances.get(row, group));
          sum.add(slope.get(at), image, at[1]);
          product.add(slope.get(at) * (in.get(at) - means.get(row, group)) * inverse, image, at[1]);
        });
    View ofScale = converted(products, x.dtype(), MemoryOrder.ROW_MAJOR);
    View ofShift = converted(sums, x.dtype(), MemoryOrder.ROW_MAJOR);
    sums.storage().release();
    products.storage().release();
    return new NormGradients(null, ofScale, ofShift);
  }

  private View inputGradient(
      View gradient,
      View x,
      Moments moments,
      NormGroups groups,
      NormParams params,
      @Nullable View scale) {
    int channels = x.shape().dim(1) / groups.groups();
    long count = groups.count(x.shape());
    View sums = filled(DType.FLOAT64, moments.mean().shape(), 0);
    View products = filled(DType.FLOAT64, moments.mean().shape(), 0);
    View result = like(x);
    Elements in = new Elements(x);
    Elements slope = new Elements(gradient);
    Elements out = new Elements(result);
    Elements means = new Elements(moments.mean());
    Elements variances = new Elements(moments.variance());
    Elements sum = new Elements(sums);
    Elements product = new Elements(products);
    Coordinates.forEach(
        x.shape(),
        at -> {
          int row = groups.row(at[0]);
          int group = at[1] / channels;
          double scaled = slope.get(at) * affine(scale, at, 1);
          sum.add(scaled, row, group);
          product.add(scaled * (in.get(at) - means.get(row, group)), row, group);
        });
    Coordinates.forEach(
        x.shape(),
        at -> {
          int row = groups.row(at[0]);
          int group = at[1] / channels;
          double variance = variances.get(row, group);
          double scaled = slope.get(at) * affine(scale, at, 1);
          double along =
              (in.get(at) - means.get(row, group))
                  * params.inverseDeviationSlope(variance)
                  * product.get(row, group)
                  / params.divisor(count);
          double across = scaled - sum.get(row, group) / count;
          out.set(params.inverseDeviation(variance) * across - along, at);
        });
    sums.storage().release();
    products.storage().release();
    return result;
  }
}
