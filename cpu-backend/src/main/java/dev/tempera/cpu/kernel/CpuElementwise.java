package dev.tempera.cpu.kernel;

import dev.tempera.backend.Activated;
import dev.tempera.backend.Backend;
import dev.tempera.data.Mask;
import dev.tempera.data.View;

/** Elementwise functions of float32 tensors. */
public final class CpuElementwise {
  private final Backend plain;

  /** Functions by way of another backend. */
  public CpuElementwise(Backend plain) {
    this.plain = plain;
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#relu}; float32 only. */
  public Activated relu(View x, boolean keepMask) {
    return plain.relu(x, keepMask);
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#applyMask}; float32 only. */
  public View applyMask(View gradient, Mask mask) {
    return plain.applyMask(gradient, mask);
  }
}
