package dev.tempera.backend;

import dev.tempera.data.View;

/** Adam made of elementwise primitives. */
final class AdamDefault {
  private AdamDefault() {}

  static void step(
      OptimizerOps backend,
      View parameter,
      View gradient,
      View firstMoment,
      View secondMoment,
      AdamParams params,
      int step) {
    decay(backend, firstMoment, gradient, params.beta1());
    View square = backend.unary(UnaryOp.SQUARE, gradient, 0, 0);
    decay(backend, secondMoment, square, params.beta2());
    square.storage().release();

    View corrected =
        backend.unary(UnaryOp.MULTIPLY_SCALAR, secondMoment, 1 / params.secondCorrection(step), 0);
    View root = backend.unary(UnaryOp.SQUARE_ROOT, corrected, 0, 0);
    View denominator = backend.unary(UnaryOp.ADD_SCALAR, root, params.epsilon(), 0);
    View direction = backend.binary(BinaryOp.DIVIDE, firstMoment, denominator);
    backend.addScaled(parameter, direction, -params.learningRate() / params.firstCorrection(step));
    for (View temporary : new View[] {corrected, root, denominator, direction}) {
      temporary.storage().release();
    }
  }

  /** moment ← β·moment + (1 − β)·value. */
  private static void decay(OptimizerOps backend, View moment, View value, double beta) {
    View kept = backend.unary(UnaryOp.MULTIPLY_SCALAR, moment, beta, 0);
    backend.assign(moment, kept);
    kept.storage().release();
    backend.addScaled(moment, value, 1 - beta);
  }
}
