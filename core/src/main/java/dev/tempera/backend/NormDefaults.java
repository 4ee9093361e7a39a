package dev.tempera.backend;

import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormOps.NormGradients;
import dev.tempera.data.DType;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Normalisation made of other primitives, in float64 throughout, on (N, groups, channels of a
 * group, P). Correct on any backend.
 */
final class NormDefaults implements AutoCloseable {
  private final NormOps backend;
  private final Shape shape;
  private final NormGroups groups;
  private final NormParams params;
  private final int[] axes;
  private final Deque<View> used = new ArrayDeque<>();

  /** A normalisation of tensors of a shape (N, C, P); what it makes on the way goes with it. */
  NormDefaults(NormOps backend, Shape flat, NormGroups groups, NormParams params) {
    this.backend = backend;
    this.groups = groups;
    this.params = params;
    int channels = flat.dim(1) / groups.groups();
    shape = Shape.of(flat.dim(0), groups.groups(), channels, flat.dim(2));
    axes = groups.acrossBatch() ? new int[] {0, 2, 3} : new int[] {2, 3};
  }

  /** See {@link NormOps#moments}. */
  Moments moments(View x) {
    View elements = wide(x, shape);
    View mean = backend.reduce(ReduceOp.MEAN, elements, axes);
    View squares = unary(UnaryOp.SQUARE, binary(BinaryOp.SUBTRACT, elements, mean), 0);
    Shape result = groups.momentsShape(x.shape());
    return new Moments(
        Objects.requireNonNull(mean.reshape(result)),
        Objects.requireNonNull(averaged(squares).reshape(result)));
  }

  /** See {@link NormOps#standardize}. */
  View standardize(View x, Moments moments, @Nullable View scale, @Nullable View shift) {
    View inverse = inverse(small(moments.variance()));
    View y = binary(BinaryOp.MULTIPLY, centred(x, moments), inverse);
    if (scale != null) {
      y = binary(BinaryOp.MULTIPLY, y, ofChannels(scale));
    }
    if (shift != null) {
      y = binary(BinaryOp.ADD, y, ofChannels(shift));
    }
    return like(x, y);
  }

  /** See {@link NormOps#standardizeGradients}. */
  NormGradients gradients(
      View gradient,
      View x,
      Moments moments,
      @Nullable View scale,
      boolean wantsInput,
      boolean wantsAffine) {
    View variance = small(moments.variance());
    View centred = centred(x, moments);
    View slope = wide(gradient, shape);
    View scaled = scale == null ? slope : binary(BinaryOp.MULTIPLY, slope, ofChannels(scale));
    View input = wantsInput ? like(x, inputGradient(centred, variance, scaled)) : null;
    if (scale == null || !wantsAffine) {
      return new NormGradients(input, null, null);
    }
    View normal = binary(BinaryOp.MULTIPLY, centred, inverse(variance));
    return new NormGradients(
        input, affine(binary(BinaryOp.MULTIPLY, slope, normal), scale), affine(slope, scale));
  }

  private View inputGradient(View centred, View variance, View scaled) {
    View mean = kept(backend.reduce(ReduceOp.MEAN, scaled, axes));
    View across = binary(BinaryOp.SUBTRACT, scaled, mean);
    View product = kept(averaged(binary(BinaryOp.MULTIPLY, scaled, centred)));
    View pull = binary(BinaryOp.MULTIPLY, slope(variance), product);
    return binary(
        BinaryOp.SUBTRACT,
        binary(BinaryOp.MULTIPLY, across, inverse(variance)),
        binary(BinaryOp.MULTIPLY, centred, pull));
  }

  /** See {@link NormParams#inverseDeviation}. */
  private View inverse(View variance) {
    if (params.epsilonInsideRoot()) {
      View raised = unary(UnaryOp.ADD_SCALAR, variance, params.epsilon());
      return unary(UnaryOp.RECIPROCAL, unary(UnaryOp.SQUARE_ROOT, raised, 0), 0);
    }
    View root = unary(UnaryOp.SQUARE_ROOT, variance, 0);
    return unary(UnaryOp.RECIPROCAL, unary(UnaryOp.ADD_SCALAR, root, params.epsilon()), 0);
  }

  /** See {@link NormParams#inverseDeviationSlope}. */
  private View slope(View variance) {
    View inverse = inverse(variance);
    if (params.epsilonInsideRoot()) {
      return unary(UnaryOp.POWER_SCALAR, inverse, 3);
    }
    View root = unary(UnaryOp.SQUARE_ROOT, variance, 0);
    View slope = binary(BinaryOp.DIVIDE, unary(UnaryOp.SQUARE, inverse, 0), root);
    View zero = unary(UnaryOp.MULTIPLY_SCALAR, variance, 0);
    View isConstant = kept(backend.compare(CompareOp.EQUAL, variance, zero));
    return kept(backend.where(isConstant, zero, slope));
  }

  /** Sums over each group by the divisor of the variance; to be given back by the caller. */
  private View averaged(View terms) {
    View sums = kept(backend.reduce(ReduceOp.SUM, terms, axes));
    long elements = (long) shape.dim(2) * shape.dim(3) * (groups.acrossBatch() ? shape.dim(0) : 1);
    return backend.unary(UnaryOp.MULTIPLY_SCALAR, sums, 1.0 / params.divisor(elements), 0);
  }

  private View centred(View x, Moments moments) {
    return binary(BinaryOp.SUBTRACT, wide(x, shape), small(moments.mean()));
  }

  /** Moments beside elements: (N or 1, groups, 1, 1). */
  private View small(View moments) {
    return wide(moments, Shape.of(moments.shape().dim(0), shape.dim(1), 1, 1));
  }

  /** Numbers for each channel beside elements: (N or 1, groups, channels of a group, 1). */
  private View ofChannels(View numbers) {
    return wide(numbers, shape.with(0, numbers.shape().dim(0)).with(3, 1));
  }

  /** Terms summed to the shape and the type of the scale. */
  private View affine(View terms, View scale) {
    boolean isShared = scale.shape().dim(0) == 1;
    View sums = backend.reduce(ReduceOp.SUM, terms, isShared ? new int[] {0, 3} : new int[] {3});
    View result = kept(backend.reshaped(kept(sums), scale.shape()));
    return backend.converted(result, scale.dtype(), MemoryOrder.ROW_MAJOR);
  }

  /** A view under another shape, in float64. */
  private View wide(View x, Shape as) {
    View doubles =
        x.dtype() == DType.FLOAT64
            ? x
            : kept(backend.converted(x, DType.FLOAT64, MemoryOrder.ROW_MAJOR));
    return kept(backend.reshaped(doubles, as));
  }

  /** Elements in the type, the shape and the strides of a result. */
  private View like(View x, View elements) {
    Shape flat = x.shape();
    boolean inPlanes = NormOps.strides(x)[2] == 1;
    MemoryOrder order = inPlanes ? MemoryOrder.ROW_MAJOR : MemoryOrder.CHANNELS_LAST;
    Shape image = Shape.of(flat.dim(0), flat.dim(1), flat.dim(2), 1);
    View result = backend.allocate(x.dtype(), image, order);
    backend.assign(Objects.requireNonNull(result.reshape(shape)), elements);
    return Objects.requireNonNull(result.reshape(flat));
  }

  private View unary(UnaryOp op, View x, double number) {
    return kept(backend.unary(op, x, number, 0));
  }

  private View binary(BinaryOp op, View x, View other) {
    return kept(backend.binary(op, x, other.expand(x.shape())));
  }

  private View kept(View view) {
    used.push(view);
    return view;
  }

  @Override
  public void close() {
    used.forEach(view -> view.storage().release());
  }
}
