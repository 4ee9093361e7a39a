package dev.tempera.vgg.mapping;

import dev.tempera.data.Shape;
import dev.tempera.vgg.Preprocessing;
import java.io.IOException;

/** A first 1×1 convolution from three channels to three, which is preprocessing. */
final class PixelConvolution {
  private static final Shape OIHW = Shape.of(3, 3, 1, 1);
  private static final Shape HWIO = Shape.of(1, 1, 3, 3);
  private static final String WHAT = "a 1×1 convolution from three channels to three";

  private PixelConvolution() {}

  /** Whether a layer has the shape of one. */
  static boolean is(StoredConvolution layer) {
    Shape shape = layer.kernel().shape();
    return shape.equals(OIHW) || shape.equals(HWIO);
  }

  /**
   * The preprocessing.
   *
   * @throws IOException if the layer is no such convolution, or cannot be read
   */
  static Preprocessing of(WeightTable table, StoredConvolution layer) throws IOException {
    boolean transposed = layer.kernel().shape().equals(HWIO);
    float[] matrix =
        table.values(transposed ? KernelOrder.HWIO.view(layer.kernel()) : layer.kernel(), 9, WHAT);
    float[] offset =
        layer.bias().isPresent() ? table.values(layer.bias().get(), 3, WHAT) : new float[3];
    return new Preprocessing(matrix, offset);
  }
}
