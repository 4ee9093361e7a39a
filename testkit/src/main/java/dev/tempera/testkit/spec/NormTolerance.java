package dev.tempera.testkit.spec;

import dev.tempera.testkit.Tolerance;

/** How far normalised elements and their gradients may be from the exact ones. */
final class NormTolerance {
  /** Centring, scaling and shifting. */
  static final Tolerance VALUE = Tolerance.sumOf(2);

  private NormTolerance() {}

  /**
   * Of gradients: sums over the elements that are normalised together enter them twice, and once
   * more where they are differentiated again.
   */
  static Tolerance gradient(long elements) {
    return Tolerance.sumOf(elements).times(3).ignoringSignsOfZero();
  }
}
