package dev.tempera.vgg;

import dev.tempera.backend.PaddingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A VGG-shaped feature net as data: blocks of 3×3 convolutions, each with a ReLU, and 2×2 pooling
 * with stride 2 after each block (Simonyan and Zisserman, "Very deep convolutional networks for
 * large-scale image recognition", 2015).
 *
 * @param widths output channels of each convolution, block by block
 * @param padding what stands around the image; one pixel at each convolution
 * @param ceilPooling whether pooling rounds odd sizes up
 * @param preprocessing what the weights expect of pixels
 * @param pooledEnd whether a pool follows the last block too
 */
public record Vgg(
    List<List<Integer>> widths,
    PaddingMode padding,
    boolean ceilPooling,
    Preprocessing preprocessing,
    boolean pooledEnd) {

  /** The convolutional part of VGG19, as its authors trained it. */
  public static final Vgg VGG19 =
      new Vgg(
          List.of(
              List.of(64, 64),
              List.of(128, 128),
              List.of(256, 256, 256, 256),
              List.of(512, 512, 512, 512),
              List.of(512, 512, 512, 512)),
          PaddingMode.ZERO,
          false,
          Preprocessing.CAFFE,
          true);

  /** The layers in the order data flows. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int block = 1; block <= widths.size(); block++) {
      if (block > 1) {
        layers.add(Layer.pool(block - 1));
      }
      for (int index = 1; index <= widths.get(block - 1).size(); index++) {
        layers.add(Layer.conv(block, index));
        layers.add(Layer.relu(block, index));
      }
    }
    if (pooledEnd) {
      layers.add(Layer.pool(widths.size()));
    }
    return layers;
  }

  /** The convolutions in the order data flows. */
  public List<Layer> convolutions() {
    return layers().stream().filter(layer -> layer.kind() == Layer.Kind.CONV).toList();
  }

  /** The deepest layer. */
  public Layer deepest() {
    return Collections.max(layers());
  }

  /** Whether the net has this layer. */
  public boolean has(Layer layer) {
    return layers().contains(layer);
  }

  /** How many channels a layer has. */
  public int channels(Layer layer) {
    List<Integer> block = widths.get(layer.block() - 1);
    return block.get(Math.min(layer.index(), block.size()) - 1);
  }

  /** How many channels a convolution reads. */
  public int inputChannels(Layer convolution) {
    if (convolution.index() > 1) {
      return channels(Layer.conv(convolution.block(), convolution.index() - 1));
    }
    return convolution.block() == 1 ? 3 : channels(Layer.pool(convolution.block() - 1));
  }

  /** The same net without what lies behind a layer. */
  public Vgg until(Layer deepest) {
    List<List<Integer>> kept = new ArrayList<>();
    for (int block = 1; block <= Math.min(deepest.block(), widths.size()); block++) {
      List<Integer> all = widths.get(block - 1);
      kept.add(
          block < deepest.block()
              ? all
              : List.copyOf(all.subList(0, Math.min(deepest.index(), all.size()))));
    }
    boolean pooled =
        deepest.kind() == Layer.Kind.POOL
            && (deepest.block() < widths.size() || (deepest.block() == widths.size() && pooledEnd));
    boolean whole = deepest.block() > widths.size() && pooledEnd;
    return new Vgg(List.copyOf(kept), padding, ceilPooling, preprocessing, pooled || whole);
  }
}
