package dev.tempera.cpu.convolution;

import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.cpu.simd.RowLoops;
import dev.tempera.data.Mask;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Images whose channels lie side by side, for as long as a kernel runs: a view that is so already,
 * or a copy.
 */
public final class ChannelsLastImage implements AutoCloseable {
  private static final int ELEMENTS_OF_A_TASK = 16384;

  private final long address;
  private final PixelStrides strides;
  private final long bits;
  private final @Nullable Scratch copy;

  private ChannelsLastImage(long address, PixelStrides strides, long bits, @Nullable Scratch copy) {
    this.address = address;
    this.strides = strides;
    this.bits = bits;
    this.copy = copy;
  }

  /** An (N, C, H, W) view with any strides; pixels may have gaps between them. */
  public static ChannelsLastImage of(View view, CpuMemory memory, Workers workers) {
    return liesReady(view) ? lent(view) : copied(view, memory, workers);
  }

  private static boolean liesReady(View view) {
    return view.stride(1) == 1 || view.shape().dim(1) == 1;
  }

  /** Bytes of the copy that {@link #of} makes of a view; 0 if it makes none. */
  static long copyBytes(View view) {
    return liesReady(view) ? 0 : view.shape().size() * Float.BYTES;
  }

  /** Bytes of the copy that {@link #denseOf} makes of a view; 0 if it makes none. */
  static long denseCopyBytes(View view) {
    return view.isChannelsLast() ? 0 : view.shape().size() * Float.BYTES;
  }

  /** An (N, C, H, W) view with any strides; all pixels follow one another without gaps. */
  public static ChannelsLastImage denseOf(View view, CpuMemory memory, Workers workers) {
    return view.isChannelsLast() ? lent(view) : copied(view, memory, workers);
  }

  /**
   * An (N, C, H, W) view in channels-last order whose elements count as 0 where a mask has no bit.
   * Readers of whole pixels apply the mask while they read.
   */
  static ChannelsLastImage masked(View view, Mask mask) {
    return new ChannelsLastImage(
        Addresses.of(view), PixelStrides.of(view), Addresses.of(mask.storage()), null);
  }

  private static ChannelsLastImage lent(View view) {
    return new ChannelsLastImage(Addresses.of(view), PixelStrides.of(view), 0, null);
  }

  private static ChannelsLastImage copied(View view, CpuMemory memory, Workers workers) {
    Shape shape = view.shape();
    int channels = shape.dim(1);
    int height = shape.dim(2);
    int width = shape.dim(3);
    PixelStrides from = PixelStrides.of(view);
    PixelStrides dense = PixelStrides.dense(channels, height, width);
    Scratch copy = memory.scratch(shape.size() * Float.BYTES);
    long source = Addresses.of(view);
    long channelStride = view.stride(1) * Float.BYTES;
    workers.forRange(
        (long) shape.dim(0) * height,
        Math.ceilDiv(ELEMENTS_OF_A_TASK, Math.max(1, width * channels)),
        (start, end) -> {
          for (long row = start; row < end; row++) {
            long place = source + row / height * from.image() + row % height * from.row();
            long target = copy.address() + row * dense.row();
            RowLoops.gather(
                place, from.pixel(), channelStride, width, channels, target, dense.pixel());
          }
        });
    return new ChannelsLastImage(copy.address(), dense, 0, copy);
  }

  /** The address of the first pixel's first channel. */
  public long address() {
    return address;
  }

  /** The address of the mask that readers apply; 0 if there is none. */
  long bits() {
    return bits;
  }

  /** The address of the bits of an element, the first of a group. */
  long bitsOf(long element) {
    return bits + MaskBits.offset(element - address);
  }

  /** How the pixels lie. */
  public PixelStrides strides() {
    return strides;
  }

  /** Gives back the copy, if there is one. */
  @Override
  public void close() {
    if (copy != null) {
      copy.close();
    }
  }
}
