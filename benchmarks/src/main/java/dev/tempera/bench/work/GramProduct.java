package dev.tempera.bench.work;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.vgg.Layer;
import java.util.List;

/**
 * The Gram matrix F·Fᵀ of channels-last features, channels × pixels, or the gradient (S + Sᵀ)·F
 * that a gradient S with respect to the matrix sends back.
 *
 * @param channels of the features
 * @param side of the feature maps in pixels
 * @param backward whether it is the gradient
 */
public record GramProduct(int channels, int side, boolean backward) implements Computation {
  /**
   * Of the features of the first convolution of a block of VGG19.
   *
   * @param block from 1
   * @param size side of the image that the net reads
   */
  public static GramProduct ofBlock(int block, int size, boolean backward) {
    VggConvolution layer = VggConvolution.of(Layer.conv(block, 1));
    return new GramProduct(layer.outputChannels(), Math.max(1, size / layer.reduction()), backward);
  }

  @Override
  public String shape() {
    return channels + "x" + (long) side * side;
  }

  /** The name in printed lines and in the protocol of other processes. */
  public String direction() {
    return backward ? "backward" : "forward";
  }

  @Override
  public double operations() {
    return 2.0 * channels * channels * side * side;
  }

  @Override
  public double bytes() {
    double features = (double) channels * side * side;
    return Float.BYTES * ((backward ? 2 : 1) * features + (double) channels * channels);
  }

  @Override
  public List<Operand> operands() {
    Operand features = Operand.image("features", 1, channels, side);
    Operand gradient =
        new Operand("gradient", Shape.of(channels, channels), MemoryOrder.ROW_MAJOR, 2, 1);
    return backward ? List.of(features, gradient) : List.of(features);
  }

  @Override
  public MemoryOrder resultOrder() {
    return backward ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
  }
}
