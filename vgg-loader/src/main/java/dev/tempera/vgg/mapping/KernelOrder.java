package dev.tempera.vgg.mapping;

import dev.tempera.data.Shape;
import dev.tempera.io.TensorEntry;
import java.util.List;
import java.util.Optional;

/** In which order a file keeps the axes of a kernel. */
enum KernelOrder {
  /** (Cout, Cin, kH, kW): Caffe, PyTorch, MXNet, ONNX. */
  OIHW("(Cout, Cin, kH, kW)", 0, 1, 2, 3),
  /** (kH, kW, Cin, Cout): TensorFlow, Keras, MatConvNet. */
  HWIO("(kH, kW, Cin, Cout)", 3, 2, 0, 1);

  private static final int IMAGE_CHANNELS = 3;

  private final String axes;
  private final int[] permutation;

  KernelOrder(String axes, int... permutation) {
    this.axes = axes;
    this.permutation = permutation;
  }

  /** The axes, for messages. */
  String axes() {
    return axes;
  }

  /** The same kernel as (Cout, Cin, kH, kW), a view. */
  TensorEntry view(TensorEntry kernel) {
    return kernel.permuted(permutation);
  }

  /** The shape of a kernel as (Cout, Cin, kH, kW). */
  Shape shape(Shape stored) {
    int[] lengths = new int[permutation.length];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = stored.dim(permutation[axis]);
    }
    return Shape.of(lengths);
  }

  /**
   * The order in which kernels of a chain of 3×3 convolutions from three channels fit together.
   *
   * @param kernels in the order data flows
   */
  static Optional<KernelOrder> of(List<TensorEntry> kernels) {
    for (KernelOrder order : values()) {
      if (order.fits(kernels)) {
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }

  private boolean fits(List<TensorEntry> kernels) {
    int channels = IMAGE_CHANNELS;
    for (TensorEntry kernel : kernels) {
      if (!reads(kernel.shape(), channels)) {
        return false;
      }
      channels = shape(kernel.shape()).dim(0);
    }
    return !kernels.isEmpty();
  }

  /** Whether this is the stored shape of a 3×3 kernel that reads so many channels. */
  boolean reads(Shape stored, int channels) {
    if (stored.rank() != permutation.length) {
      return false;
    }
    Shape kernel = shape(stored);
    return kernel.dim(0) > 0
        && kernel.dim(1) == channels
        && kernel.dim(2) == 3
        && kernel.dim(3) == 3;
  }
}
