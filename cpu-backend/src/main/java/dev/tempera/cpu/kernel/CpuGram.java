package dev.tempera.cpu.kernel;

import dev.tempera.data.View;

/** Products of float32 feature matrices with their own transposes. */
public final class CpuGram {
  private final CpuMatmul matmul;

  /** Products by way of packed ones, of which half are left out. */
  public CpuGram(CpuMatmul matmul) {
    this.matmul = matmul;
  }

  /** See {@link dev.tempera.backend.MatmulOps#gram}; float32 only. */
  public View gram(View features) {
    return matmul.symmetricProduct(features, features.transposed());
  }
}
