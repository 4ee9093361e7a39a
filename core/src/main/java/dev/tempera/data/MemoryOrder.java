package dev.tempera.data;

/** The order in which a dense tensor's elements lie in memory. */
public enum MemoryOrder {
  /** The last axis moves fastest: (N, C, H, W) as written. */
  ROW_MAJOR,
  /** Of a four-axis tensor: N×H×W×C, the channels of a pixel side by side. */
  CHANNELS_LAST;

  /** Strides, in elements, of a dense tensor in this order. */
  public long[] strides(Shape shape) {
    return switch (this) {
      case ROW_MAJOR -> shape.rowMajorStrides();
      case CHANNELS_LAST -> shape.channelsLastStrides();
    };
  }
}
