package dev.tempera.cpu.norm;

import dev.tempera.cpu.kernel.Addresses;
import dev.tempera.cpu.kernel.CpuCopy;
import dev.tempera.data.View;

/** An operand in the strides that a kernel asks for, as it is or copied. */
record DenseOperand(View view) implements AutoCloseable {
  /** The operand with these strides. */
  static DenseOperand of(View x, long[] strides, CpuCopy copy) {
    boolean fits = true;
    for (int axis = 0; axis < strides.length; axis++) {
      fits &= x.shape().dim(axis) == 1 || x.stride(axis) == strides[axis];
    }
    if (fits) {
      x.storage().retain();
      return new DenseOperand(x);
    }
    return new DenseOperand(copy.reordered(x, strides));
  }

  /** The address of the first element. */
  long address() {
    return Addresses.of(view);
  }

  @Override
  public void close() {
    view.storage().release();
  }
}
