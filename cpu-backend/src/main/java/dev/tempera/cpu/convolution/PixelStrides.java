package dev.tempera.cpu.convolution;

import dev.tempera.data.View;

/**
 * How the pixels of images lie whose channels lie side by side, in bytes.
 *
 * @param image from an image to the next
 * @param row from a row to the next
 * @param pixel from a pixel to the next in its row
 */
public record PixelStrides(long image, long row, long pixel) {
  /** The strides of an (N, C, H, W) view. */
  public static PixelStrides of(View view) {
    return new PixelStrides(
        view.stride(0) * Float.BYTES, view.stride(2) * Float.BYTES, view.stride(3) * Float.BYTES);
  }

  /** Strides of images without gaps. */
  public static PixelStrides dense(int channels, int height, int width) {
    long pixel = (long) channels * Float.BYTES;
    return new PixelStrides(height * (width * pixel), width * pixel, pixel);
  }
}
