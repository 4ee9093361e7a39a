package dev.tempera.backend;

import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * How a backend spends memory: what a forecast must know beyond the shapes and types of results.
 * Views come in with shapes and strides but without content. The default bodies describe a backend
 * that rounds no sizes up, keeps one byte an element in masks, makes images in row-major order, and
 * takes no memory inside its kernels.
 */
public interface MemoryModel {
  /** The model of the default bodies. */
  MemoryModel PLAIN = new MemoryModel() {};

  /** The size of the block that so many bytes are kept in. */
  default long blockSize(long bytes) {
    return Math.max(bytes, 1);
  }

  /** The bytes of a mask of so many elements. */
  default long maskBytes(long elements) {
    return elements;
  }

  /** The memory order of what convolution and pooling make. */
  default MemoryOrder imageOrder() {
    return MemoryOrder.ROW_MAJOR;
  }

  /**
   * The strides of what {@link SoftmaxOps} makes of x's shape.
   *
   * @param x the operand, or the result whose gradient is asked for
   */
  default long[] softmaxStrides(View x, int axis) {
    return x.denseStridesLikeThis();
  }

  /** What {@link ConvOps#conv2d} takes besides its results. */
  default KernelMemory conv2d(View x, View weight, Conv2dParams params, Conv2dEpilogue epilogue) {
    return KernelMemory.NONE;
  }

  /** What {@link ConvOps#conv2dGradInput} takes besides its result. */
  default KernelMemory conv2dGradInput(
      View gradient, @Nullable Mask mask, View weight, Conv2dParams params, Shape inputShape) {
    return KernelMemory.NONE;
  }

  /** What {@link ConvOps#addConv2dGradInput} takes. */
  default KernelMemory addConv2dGradInput(
      View sum, View gradient, @Nullable Mask mask, View weight, Conv2dParams params) {
    return conv2dGradInput(gradient, mask, weight, params, sum.shape())
        .plus(KernelMemory.scratch(sum.shape().size() * sum.dtype().byteSize()));
  }

  /** What {@link ConvOps#conv2dGradWeight} takes besides its result. */
  default KernelMemory conv2dGradWeight(
      View x, View gradient, Conv2dParams params, Shape weightShape) {
    return KernelMemory.NONE;
  }

  /**
   * What {@link MatmulOps#matmul} takes besides its result, or, if the product is known to be
   * symmetric, {@link MatmulOps#gram}.
   */
  default KernelMemory matmul(View a, View b, boolean symmetric) {
    return KernelMemory.NONE;
  }
}
