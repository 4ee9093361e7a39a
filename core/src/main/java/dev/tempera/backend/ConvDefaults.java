package dev.tempera.backend;

import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A convolution and its gradients made of other primitives: one small matrix product for each tap
 * of the kernel, on strided views of the padded image. Correct on any backend, and what faster
 * kernels are tested against.
 */
public final class ConvDefaults {
  private ConvDefaults() {}

  /** See {@link ConvOps#conv2d}. */
  public static Activated forward(
      ConvOps backend, View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    Shape shape = params.outputShape(x.shape(), weight.shape());
    View padded = padded(backend, x, params);
    Taps taps = new Taps(backend, params, weight.shape(), shape);
    View total = backend.allocate(x.dtype(), shape, MemoryOrder.CHANNELS_LAST);
    backend.fill(total, 0);
    for (int group = 0; group < params.groups(); group++) {
      View groupTotal = taps.outputChannels(total, 1, group);
      View groupWeight = taps.outputChannels(weight, 0, group);
      for (int tap = 0; tap < taps.count(); tap++) {
        View pixels = taps.pixelRows(taps.window(padded, group, tap));
        View matrix = taps.weightOf(groupWeight, tap).permute(1, 0);
        View product = taps.multiply(pixels, matrix);
        View addend = taps.asImage(product, groupTotal.shape());
        addTo(backend, groupTotal, addend);
        product.storage().release();
        pixels.storage().release();
      }
    }
    padded.storage().release();
    View bias = epilogue.bias();
    if (bias != null) {
      View channels = Objects.requireNonNull(bias.reshape(Shape.of(bias.shape().dim(0), 1, 1)));
      addTo(backend, total, channels.expand(shape));
    }
    if (!epilogue.relu()) {
      return new Activated(total, null);
    }
    Activated result = backend.relu(total, epilogue.keepMask());
    total.storage().release();
    return result;
  }

  /** The padded image, with a holder of its own. */
  private static View padded(ConvOps backend, View x, Conv2dParams params) {
    if (params.padding().isNone()) {
      x.storage().retain();
      return x;
    }
    return backend.pad2d(x, params.padding());
  }

  private static void addTo(ConvOps backend, View target, View addend) {
    View sum = backend.binary(BinaryOp.ADD, target, addend);
    backend.assign(target, sum);
    sum.storage().release();
  }

  /** See {@link ConvOps#conv2dGradInput}. */
  public static View gradInput(
      ConvOps backend,
      View gradient,
      @Nullable Mask mask,
      View weight,
      Conv2dParams params,
      Shape inputShape) {
    if (mask != null) {
      View masked = backend.applyMask(gradient, mask);
      View result = gradInput(backend, masked, null, weight, params, inputShape);
      masked.storage().release();
      return result;
    }
    Shape padded = params.padding().outputShape("conv2d", inputShape);
    View total = backend.allocate(gradient.dtype(), padded, MemoryOrder.ROW_MAJOR);
    backend.fill(total, 0);
    Taps taps = new Taps(backend, params, weight.shape(), gradient.shape());
    View rows = taps.pixelRows(gradient);
    for (int group = 0; group < params.groups(); group++) {
      View groupRows = taps.outputChannels(rows, 2, group);
      View groupWeight = taps.outputChannels(weight, 0, group);
      for (int tap = 0; tap < taps.count(); tap++) {
        View product = taps.multiply(groupRows, taps.weightOf(groupWeight, tap));
        View window = taps.window(total, group, tap);
        View addend = taps.asImage(product, window.shape());
        addTo(backend, window, addend);
        product.storage().release();
      }
    }
    rows.storage().release();
    if (params.padding().isNone()) {
      return total;
    }
    View result = backend.pad2dGrad(total, params.padding(), inputShape);
    total.storage().release();
    return result;
  }

  /** See {@link ConvOps#conv2dGradWeight}. */
  public static View gradWeight(
      ConvOps backend, View x, View gradient, Conv2dParams params, Shape weightShape) {
    View padded = padded(backend, x, params);
    View total = backend.allocate(gradient.dtype(), weightShape, MemoryOrder.ROW_MAJOR);
    Taps taps = new Taps(backend, params, weightShape, gradient.shape());
    View rows = taps.pixelRows(gradient);
    for (int group = 0; group < params.groups(); group++) {
      View groupTotal = taps.outputChannels(total, 0, group);
      View groupRows = taps.outputChannels(rows, 2, group);
      View transposed = backend.reshaped(groupRows, taps.flat(groupRows.shape())).permute(0, 2, 1);
      for (int tap = 0; tap < taps.count(); tap++) {
        View pixels = taps.pixelRows(taps.window(padded, group, tap));
        View flat = backend.reshaped(pixels, taps.flat(pixels.shape()));
        View product = backend.matmul(transposed, flat);
        View target = taps.weightOf(groupTotal, tap);
        backend.assign(target, Objects.requireNonNull(product.reshape(target.shape())));
        product.storage().release();
        flat.storage().release();
        pixels.storage().release();
      }
      transposed.storage().release();
    }
    rows.storage().release();
    padded.storage().release();
    return total;
  }

  /** See {@link ConvOps#convTranspose2d}. */
  public static View transposed(
      ConvOps backend,
      View x,
      View weight,
      @Nullable View bias,
      Conv2dParams params,
      Shape outputShape) {
    View sums = backend.conv2dGradInput(x, null, weight, params, outputShape);
    if (bias == null) {
      return sums;
    }
    Shape channels = Shape.of(1, outputShape.dim(1), 1, 1);
    long[] strides = {0, bias.stride(0), 0, 0};
    View addend = View.of(bias.storage(), bias.dtype(), channels, strides, bias.offset());
    View result = backend.binary(BinaryOp.ADD, sums, addend.expand(outputShape));
    sums.storage().release();
    return result;
  }

  /** The views that belong to each tap of a kernel. */
  private record Taps(ConvOps backend, Conv2dParams params, Shape weight, Shape output) {
    int count() {
      return weight.dim(2) * weight.dim(3);
    }

    /** (N, C, H, W) as (N, H·W, C), a view or a copy with a holder of its own. */
    View pixelRows(View image) {
      Shape s = image.shape();
      return backend.reshaped(
          image.permute(0, 2, 3, 1), Shape.of(s.dim(0), s.dim(2) * s.dim(3), s.dim(1)));
    }

    /** All pixels of all images under one another: (1, N·H·W, C). */
    Shape flat(Shape rows) {
      return Shape.of(1, rows.dim(0) * rows.dim(1), rows.dim(2));
    }

    View outputChannels(View x, int axis, int group) {
      int perGroup = weight.dim(0) / params.groups();
      return x.slice(axis, group * perGroup, perGroup, 1);
    }

    /** (Cout/groups, Cin/groups) of one tap. */
    View weightOf(View groupWeight, int tap) {
      View one =
          groupWeight.slice(2, tap / weight.dim(3), 1, 1).slice(3, tap % weight.dim(3), 1, 1);
      long[] strides = {one.stride(0), one.stride(1)};
      Shape shape = Shape.of(one.shape().dim(0), one.shape().dim(1));
      return View.of(one.storage(), one.dtype(), shape, strides, one.offset());
    }

    /** (N, P, Cout) times (Cout, Cin). */
    View multiply(View rows, View matrix) {
      Shape s = matrix.shape();
      View stack = matrix.expand(Shape.of(rows.shape().dim(0), s.dim(0), s.dim(1)));
      return backend.matmul(rows, stack);
    }

    /** The pixels of the padded image that a tap meets, for one group's channels. */
    View window(View padded, int group, int tap) {
      int perGroup = weight.dim(1);
      return padded
          .slice(1, group * perGroup, perGroup, 1)
          .slice(2, tap / weight.dim(3) * params.dilationY(), output.dim(2), params.strideY())
          .slice(3, tap % weight.dim(3) * params.dilationX(), output.dim(3), params.strideX());
    }

    /** (N, H·W, C) as (N, C, H, W). */
    View asImage(View rows, Shape image) {
      Shape s = Shape.of(image.dim(0), image.dim(2), image.dim(3), image.dim(1));
      return Objects.requireNonNull(rows.reshape(s)).permute(0, 3, 1, 2);
    }
  }
}
