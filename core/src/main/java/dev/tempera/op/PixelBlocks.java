package dev.tempera.op;

import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.Objects;

/**
 * Images seen as (N, C, b, b, H, W): the row and the column inside a block of b × b pixels are axes
 * of their own. Splitting an axis copies nothing.
 */
final class PixelBlocks {
  private PixelBlocks() {}

  /** An image (N, C, H·b, W·b) whose pixels make the blocks. */
  static View pixels(View image, int block) {
    Shape shape = image.shape();
    Shape split =
        Shape.of(
            shape.dim(0), shape.dim(1), shape.dim(2) / block, block, shape.dim(3) / block, block);
    return Objects.requireNonNull(image.reshape(split)).permute(0, 1, 3, 5, 2, 4);
  }

  /** An image (N, C·b², H, W) whose channels make the blocks. */
  static View channels(View image, int block) {
    Shape shape = image.shape();
    Shape split =
        Shape.of(
            shape.dim(0), shape.dim(1) / (block * block), block, block, shape.dim(2), shape.dim(3));
    return Objects.requireNonNull(image.reshape(split));
  }

  /** The memory order of a result: that of the image if it is dense, else row-major. */
  static MemoryOrder order(View image) {
    return image.isChannelsLast() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.ROW_MAJOR;
  }
}
