package dev.tempera.reference;

import dev.tempera.backend.Activated;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.ElementwiseOps;
import dev.tempera.backend.UnaryOp;
import dev.tempera.data.DType;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.function.ToDoubleFunction;

/** Each element by itself, in double, rounded once. */
interface ReferenceElementwise extends ElementwiseOps, ReferenceMemory {
  @Override
  default View unary(UnaryOp op, View x, double a, double b) {
    Elements in = new Elements(x);
    return each(x.dtype(), at -> op.at(in.get(at), a, b), x);
  }

  @Override
  default View binary(BinaryOp op, View a, View b) {
    Elements left = new Elements(a);
    Elements right = new Elements(b);
    return each(a.dtype(), at -> op.at(left.get(at), right.get(at)), a, b);
  }

  @Override
  default View compare(CompareOp op, View a, View b) {
    Elements left = new Elements(a);
    Elements right = new Elements(b);
    return each(DType.BOOL, at -> op.holds(left.get(at), right.get(at)) ? 1 : 0, a, b);
  }

  @Override
  default View where(View condition, View a, View b) {
    Elements chooses = new Elements(condition);
    Elements left = new Elements(a);
    Elements right = new Elements(b);
    return each(a.dtype(), at -> chooses.get(at) != 0 ? left.get(at) : right.get(at), a, b);
  }

  @Override
  default Activated relu(View x, boolean keepMask) {
    return new Activated(unary(UnaryOp.RELU, x, 0, 0), keepMask ? positive(x) : null);
  }

  /** Where x > 0, one byte an element. */
  default Mask positive(View x) {
    Elements in = new Elements(x);
    View bytes = each(DType.BOOL, at -> in.get(at) > 0 ? 1 : 0, x);
    return new Mask(bytes.storage(), x.shape(), bytes.strides());
  }

  @Override
  default View applyMask(View gradient, Mask mask) {
    Elements in = new Elements(gradient);
    Elements bits =
        new Elements(View.of(mask.storage(), DType.BOOL, mask.shape(), mask.strides(), 0));
    return each(gradient.dtype(), at -> bits.get(at) != 0 ? in.get(at) : 0, gradient);
  }

  /** A value for each element, in the memory order of the first operand without stretched axes. */
  private View each(DType dtype, ToDoubleFunction<int[]> value, View... operands) {
    View like = View.firstUnstretched(operands);
    Shape shape = like.shape();
    View memory = allocate(dtype, shape, MemoryOrder.ROW_MAJOR);
    View result = View.of(memory.storage(), dtype, shape, like.denseStridesLikeThis(), 0);
    Elements out = new Elements(result);
    Coordinates.forEach(shape, at -> out.set(value.applyAsDouble(at), at));
    return result;
  }
}
