package dev.tempera.cpu.kernel;

import dev.tempera.backend.Activated;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.CompareOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Workers;
import dev.tempera.cpu.simd.BinaryLoops;
import dev.tempera.cpu.simd.CompareLoops;
import dev.tempera.cpu.simd.DoubleLoops;
import dev.tempera.cpu.simd.FlatLoop;
import dev.tempera.cpu.simd.MaskBits;
import dev.tempera.cpu.simd.SelectLoops;
import dev.tempera.cpu.simd.UnaryLoops;
import dev.tempera.data.DType;
import dev.tempera.data.Mask;
import dev.tempera.data.Storage;
import dev.tempera.data.View;

/** Functions that act on each element of float32 and float64 tensors by itself. */
public final class CpuElementwise {
  private final CpuMemory memory;
  private final FlatKernel kernel;

  /** Functions in this memory by these threads. */
  public CpuElementwise(CpuMemory memory, Workers workers, CpuCopy copy) {
    this.memory = memory;
    this.kernel = new FlatKernel(memory, workers, copy);
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#unary}; float32 and float64. */
  public View unary(UnaryOp op, View x, double a, double b) {
    return each(x.dtype(), isDouble(x) ? DoubleLoops.of(op, a, b) : UnaryLoops.of(op, a, b), x);
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#binary}; float32 and float64. */
  public View binary(BinaryOp op, View a, View b) {
    return each(a.dtype(), isDouble(a) ? DoubleLoops.of(op) : BinaryLoops.of(op), a, b);
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#compare}; float32 and float64. */
  public View compare(CompareOp op, View a, View b) {
    return each(DType.BOOL, isDouble(a) ? DoubleLoops.of(op) : CompareLoops.of(op), a, b);
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#where}; float32 and float64. */
  public View where(View condition, View a, View b) {
    return each(a.dtype(), isDouble(a) ? DoubleLoops::where : SelectLoops::where, condition, a, b);
  }

  private static boolean isDouble(View x) {
    return x.dtype() == DType.FLOAT64;
  }

  /** A new view of the operands' shape, written by a loop that takes it as the last operand. */
  private View each(DType dtype, FlatLoop loop, View... operands) {
    View like = View.firstUnstretched(operands);
    long[] order = like.denseStridesLikeThis();
    View result = memory.allocate(dtype, like.shape(), order);
    FlatCall call = kernel.inOrder(order);
    for (View operand : operands) {
      call.read(operand);
    }
    call.write(result).run(like.shape().size(), loop);
    return result;
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#relu}; float32 and float64. */
  public Activated relu(View x, boolean keepMask) {
    if (!keepMask) {
      return new Activated(unary(UnaryOp.RELU, x, 0, 0), null);
    }
    long[] order = x.denseStridesLikeThis();
    View value = memory.allocate(x.dtype(), x.shape(), order);
    Storage bits = memory.storage(MaskBits.bytes(x.shape().size()));
    kernel
        .inOrder(order)
        .read(x)
        .write(value)
        .writeBits(bits)
        .run(x.shape().size(), isDouble(x) ? DoubleLoops::reluWithMask : SelectLoops::reluWithMask);
    return new Activated(value, new Mask(bits, x.shape(), order));
  }

  /** See {@link dev.tempera.backend.ElementwiseOps#applyMask}; float32 and float64. */
  public View applyMask(View gradient, Mask mask) {
    long[] order = mask.strides();
    View result = memory.allocate(gradient.dtype(), mask.shape(), order);
    kernel
        .inOrder(order)
        .read(gradient)
        .readBits(mask.storage())
        .write(result)
        .run(
            mask.shape().size(),
            isDouble(gradient) ? DoubleLoops::applyMask : SelectLoops::applyMask);
    return result;
  }
}
