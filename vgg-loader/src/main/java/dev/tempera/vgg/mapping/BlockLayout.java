package dev.tempera.vgg.mapping;

import dev.tempera.vgg.Layer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells where a chain of convolutions without layer names is pooled. VGG pools before its width
 * grows; its last two blocks have one width and are of the length of the block before them.
 */
final class BlockLayout {
  /** The sentence that says what was guessed. */
  static final String REASON =
      "The names do not say where the net pools: a new block was taken to begin where the number"
          + " of channels grows, and where a block would become longer than the one before it.";

  private static final int FIRST_BLOCK_OF_CONSTANT_WIDTH = 4;

  private BlockLayout() {}

  /**
   * Convolutions by layer.
   *
   * @param chain in the order data flows
   * @param widths the output channels of each
   */
  static SortedMap<Layer, StoredConvolution> layers(
      List<StoredConvolution> chain, List<Integer> widths) {
    SortedMap<Layer, StoredConvolution> layers = new TreeMap<>();
    int block = 1;
    int index = 1;
    int lengthBefore = Integer.MAX_VALUE;
    for (int i = 0; i < chain.size(); i++) {
      boolean grows = i > 0 && widths.get(i) > widths.get(i - 1);
      boolean full = block >= FIRST_BLOCK_OF_CONSTANT_WIDTH && index > lengthBefore;
      if (grows || full) {
        lengthBefore = index - 1;
        block++;
        index = 1;
      }
      layers.put(Layer.conv(block, index), chain.get(i));
      index++;
    }
    return layers;
  }
}
