package dev.tempera.op;

import dev.tempera.backend.UnaryOp;
import dev.tempera.tensor.Tensor;

/** Derivatives of the activation functions that take several operations, as functions of x. */
final class ActivationSlopes {
  private ActivationSlopes() {}

  /** 2/√π·e^(−x²). */
  static Tensor erf(Tensor x) {
    return x.square().negate().exp().multiply(2 / Math.sqrt(Math.PI));
  }

  /** 1 where x > 0, else α·eˣ; at 0 the slope from below. */
  static Tensor elu(Tensor x, double alpha) {
    Tensor positive = step(x);
    Tensor power = x.clamp(Double.NEGATIVE_INFINITY, 0).exp().multiply(alpha);
    return positive.add(positive.negate().add(1).multiply(power));
  }

  /** Φ(x) + x·φ(x), with φ(x) = e^(−x²/2)/√(2π). */
  static Tensor gelu(Tensor x) {
    Tensor normal = Unary.apply(UnaryOp.ERF, x.multiply(Math.sqrt(0.5))).add(1).multiply(0.5);
    Tensor density = x.square().multiply(-0.5).exp().multiply(1 / Math.sqrt(2 * Math.PI));
    return normal.add(x.multiply(density));
  }

  /** σ(u)·(1 + x·u′·(1 − σ(u))) with u = 2·√(2/π)·(x + 0.044715·x³). */
  static Tensor geluTanh(Tensor x) {
    double scale = 2 * Math.sqrt(2 / Math.PI);
    Tensor square = x.square().multiply(0.044715);
    Tensor gate = x.multiply(square.add(1)).multiply(scale).sigmoid();
    Tensor inner = square.multiply(3).add(1).multiply(x).multiply(scale);
    return gate.multiply(inner.multiply(gate.negate().add(1)).add(1));
  }

  /** σ(x)·(1 + x·(1 − σ(x))). */
  static Tensor silu(Tensor x) {
    Tensor gate = x.sigmoid();
    return gate.multiply(x.multiply(gate.negate().add(1)).add(1));
  }

  /** 1/6 where −3 < x < 3, else 0. */
  static Tensor hardSigmoid(Tensor x) {
    return step(x.add(3)).multiply(step(x.negate().add(3))).multiply(1.0 / 6);
  }

  /** 0 where x ≤ −3, x/3 + ½ where −3 < x < 3, else 1. */
  static Tensor hardSwish(Tensor x) {
    Tensor below = step(x.negate().add(3));
    Tensor ramp = x.multiply(1.0 / 3).add(0.5);
    return step(x.add(3)).multiply(below.multiply(ramp.add(-1)).add(1));
  }

  private static Tensor step(Tensor x) {
    return Unary.apply(UnaryOp.STEP, x);
  }
}
