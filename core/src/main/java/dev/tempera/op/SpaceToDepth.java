package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Blocks of pixels stacked as channels, the inverse of {@link DepthToSpace}: y[n, c·b² + u·b + v,
 * i, j] = x[n, c, i·b + u, j·b + v]. Nothing is kept; each is the other's gradient.
 */
public final class SpaceToDepth {
  private SpaceToDepth() {}

  /**
   * The image with smaller sides and more channels.
   *
   * @param x (N, C, H·b, W·b)
   * @param block b, pixels along each side of a block
   * @return (N, C·b², H, W), channels-last if x is
   * @throws ShapeException if the sides do not make whole blocks
   */
  public static Tensor apply(Tensor x, int block) {
    Recording recording = Recording.of("spaceToDepth", x);
    Unary.requireComputable("spaceToDepth", x);
    Shape shape = x.shape();
    if (shape.rank() != 4 || block < 1 || shape.dim(2) % block != 0 || shape.dim(3) % block != 0) {
      throw new ShapeException(
          "spaceToDepth: the sides do not make whole blocks\n  input   "
              + shape
              + "  (N, C, H·b, W·b)\n  rule    height and width are multiples of b ≥ 1, here b = "
              + block);
    }
    Shape result =
        Shape.of(
            shape.dim(0),
            Math.multiplyExact(shape.dim(1), Math.multiplyExact(block, block)),
            shape.dim(2) / block,
            shape.dim(3) / block);
    Backend backend = recording.backend();
    View y = backend.allocate(x.dtype(), result, PixelBlocks.order(x.view()));
    backend.assign(PixelBlocks.channels(y, block), PixelBlocks.pixels(x.view(), block));
    return recording.result(
        y, (gradient, into) -> into.add(0, () -> DepthToSpace.apply(gradient, block)));
  }
}
