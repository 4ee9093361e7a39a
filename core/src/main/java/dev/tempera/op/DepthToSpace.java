package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Channels laid out as blocks of pixels (Shi et al., 2016, equation 4, in the channel order of
 * PyTorch's pixel shuffle): y[n, c, i·b + u, j·b + v] = x[n, c·b² + u·b + v, i, j]. Nothing is
 * kept; the gradient is {@link SpaceToDepth}.
 */
public final class DepthToSpace {
  private DepthToSpace() {}

  /**
   * The image with larger sides and fewer channels.
   *
   * @param x (N, C·b², H, W)
   * @param block b, pixels along each side of a block
   * @return (N, C, H·b, W·b), channels-last if x is
   * @throws ShapeException if the channels do not make whole blocks
   */
  public static Tensor apply(Tensor x, int block) {
    Recording recording = Recording.of("depthToSpace", x);
    Unary.requireComputable("depthToSpace", x);
    Shape shape = x.shape();
    if (shape.rank() != 4 || block < 1 || shape.dim(1) % (block * (long) block) != 0) {
      throw new ShapeException(
          "depthToSpace: the channels do not make whole blocks\n  input   "
              + shape
              + "  (N, C·b², H, W)\n  rule    channels are a multiple of b² ≥ 1, here b = "
              + block);
    }
    Shape result =
        Shape.of(
            shape.dim(0),
            shape.dim(1) / (block * block),
            Math.multiplyExact(shape.dim(2), block),
            Math.multiplyExact(shape.dim(3), block));
    Backend backend = recording.backend();
    View y = backend.allocate(x.dtype(), result, PixelBlocks.order(x.view()));
    backend.assign(PixelBlocks.pixels(y, block), PixelBlocks.channels(x.view(), block));
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> SpaceToDepth.apply(gradient, block)));
  }
}
