package dev.tempera.cpu.simd;

/**
 * The points at which F(4×4, 3×3) evaluates polynomials: 0, ±¾, ±3⁄2 and infinity (Winograd,
 * "Arithmetic Complexity of Computations", 1980; Lavin and Gray, "Fast Algorithms for Convolutional
 * Neural Networks", CVPR 2016, equations 12 to 14, there with ±1 and ±2).
 *
 * <p>With a = ¾ and b = 3⁄2, the one-dimensional transforms of six inputs d, three weights w and
 * six products m are
 *
 * <pre>
 * Bᵀd = (a²b²·d₀ − (a²+b²)·d₂ + d₄,
 *        d₄ − b²·d₂ ± a·(d₃ − b²·d₁),
 *        d₄ − a²·d₂ ± b·(d₃ − a²·d₁),
 *        a²b²·d₁ − (a²+b²)·d₃ + d₅)
 * Gw  = (w₀ / a²b²,
 *        (w₀ ± a·w₁ + a²·w₂) / 2a²(a² − b²),
 *        (w₀ ± b·w₁ + b²·w₂) / 2b²(b² − a²),
 *        w₂)
 * Aᵀm = (m₀ + (m₁ + m₂) + (m₃ + m₄),
 *        a·(m₁ − m₂) + b·(m₃ − m₄),
 *        a²·(m₁ + m₂) + b²·(m₃ + m₄),
 *        a³·(m₁ − m₂) + b³·(m₃ − m₄) + m₅)
 * </pre>
 *
 * <p>Points that lie close around 1 in magnitude keep the transforms' entries small, and rounding
 * errors less than half of those of ±1 and ±2; all constants of B and A are exact in binary.
 */
final class WinogradPoints {
  static final float A = 0.75f;

  static final float B = 1.5f;
  static final float A2 = A * A;
  static final float B2 = B * B;
  static final float A3 = A * A * A;
  static final float B3 = B * B * B;
  static final float A2_B2 = A2 * B2;
  static final float A2_PLUS_B2 = A2 + B2;

  /** The divisor of Gw at 0. */
  static final float AT_ZERO = A2_B2;

  /** The divisor of Gw at ±a. */
  static final float AT_A = 2 * A2 * (A2 - B2);

  /** The divisor of Gw at ±b. */
  static final float AT_B = 2 * B2 * (B2 - A2);

  private WinogradPoints() {}
}
