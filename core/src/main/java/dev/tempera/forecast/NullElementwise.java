package dev.tempera.forecast;

import dev.tempera.backend.Activated;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.ElementwiseOps;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Mask;
import dev.tempera.data.View;
import java.util.Locale;

/** Results in the memory order of the first operand that has no stretched axis. */
interface NullElementwise extends ElementwiseOps, NullMemory {
  @Override
  default View unary(UnaryOp op, View x, double a, double b) {
    return each(name(op), x.dtype(), x);
  }

  @Override
  default View binary(BinaryOp op, View a, View b) {
    return each(name(op), a.dtype(), a, b);
  }

  @Override
  default View compare(CompareOp op, View a, View b) {
    return each(name(op), DType.BOOL, a, b);
  }

  @Override
  default View where(View condition, View a, View b) {
    return each("where", a.dtype(), condition, a, b);
  }

  @Override
  default Activated relu(View x, boolean keepMask) {
    View value = each("relu", x.dtype(), x);
    return new Activated(value, keepMask ? mask("relu", value) : null);
  }

  @Override
  default View applyMask(View gradient, Mask mask) {
    return make("applyMask", gradient.dtype(), mask.shape(), mask.strides());
  }

  /** The mask of a value. */
  default Mask mask(String op, View value) {
    long bytes = ledger().model().maskBytes(value.shape().size());
    NullStorage bits = new NullStorage(ledger(), op + ", mask", bytes, true);
    return new Mask(bits, value.shape(), value.strides());
  }

  private View each(String op, DType dtype, View... operands) {
    View like = View.firstUnstretched(operands);
    return make(op, dtype, like.shape(), like.denseStridesLikeThis());
  }

  private static String name(Enum<?> op) {
    return op.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
