package dev.tempera.nn;

import dev.tempera.backend.Pool2dParams;

/** The geometry of a pooling as a layer's description has it, what is usual left out. */
final class WindowText {
  private WindowText() {}

  static String of(Pool2dParams params) {
    StringBuilder text =
        new StringBuilder("window ").append(params.kernelY()).append('×').append(params.kernelX());
    if (params.strideY() != params.kernelY() || params.strideX() != params.kernelX()) {
      text.append(", stride ").append(params.strideY()).append('×').append(params.strideX());
    }
    if (params.paddingY() != 0 || params.paddingX() != 0) {
      text.append(", padding ").append(params.paddingY()).append('×').append(params.paddingX());
    }
    return text.toString();
  }
}
