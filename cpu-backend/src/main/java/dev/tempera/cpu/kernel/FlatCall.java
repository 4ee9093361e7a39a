package dev.tempera.cpu.kernel;

import dev.tempera.cpu.runtime.CpuMemory;
import dev.tempera.cpu.runtime.Scratch;
import dev.tempera.cpu.simd.FlatLoop;
import dev.tempera.data.Storage;
import dev.tempera.data.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One call of an elementwise loop: names its operands in the order in which the loop takes them,
 * then runs it.
 */
final class FlatCall {
  /** Operands with larger steps between elements are copied as a whole: faster than gathering. */
  private static final long CACHE_LINE = 64;

  private final FlatKernel kernel;
  private final CpuMemory memory;
  private final CpuCopy copy;
  private final long[] order;
  private final List<FlatOperand> operands = new ArrayList<>(4);
  private final List<Runnable> releases = new ArrayList<>(0);

  FlatCall(FlatKernel kernel, CpuMemory memory, CpuCopy copy, long[] order) {
    this.kernel = kernel;
    this.memory = memory;
    this.copy = copy;
    this.order = order;
  }

  /** Adds a view that is read. */
  FlatCall read(View view) {
    FlatOperand operand = operand(view, FlatUse.READ);
    if (operand instanceof ScatteredOperand scattered) {
      long period = scattered.period();
      long step = scattered.axes().secondStride() * view.dtype().byteSize();
      if (period > 0 && period <= FlatKernel.SPAN) {
        operand = repeat(scattered, (int) period, view.shape().size());
      } else if (step > CACHE_LINE) {
        View ordered = copy.reordered(view, order);
        releases.add(ordered.storage()::release);
        operand = operand(ordered, FlatUse.READ);
      }
    }
    operands.add(operand);
    return this;
  }

  /** Lays out as many periods as a span can meet. */
  private PeriodicOperand repeat(ScatteredOperand scattered, int period, long size) {
    int count = (int) Math.min(FlatKernel.SPAN + period, size);
    Scratch pattern = memory.scratch(scattered.bytes(count));
    releases.add(pattern::close);
    scattered.fetch(0, count, pattern.address());
    return new PeriodicOperand(pattern.address(), period, scattered.elementBits());
  }

  /** Adds a view that is written. */
  FlatCall write(View view) {
    operands.add(operand(view, FlatUse.WRITE));
    return this;
  }

  /** Adds a view that is read and written. */
  FlatCall update(View view) {
    operands.add(operand(view, FlatUse.UPDATE));
    return this;
  }

  /** Adds a mask that is read. */
  FlatCall readBits(Storage bits) {
    operands.add(DirectOperand.bits(bits, FlatUse.READ));
    return this;
  }

  /** Adds a mask that is written. */
  FlatCall writeBits(Storage bits) {
    operands.add(DirectOperand.bits(bits, FlatUse.WRITE));
    return this;
  }

  private FlatOperand operand(View view, FlatUse use) {
    long[] strides = view.strides();
    int bits = view.dtype().byteSize() * Byte.SIZE;
    if (Arrays.equals(order, strides) || view.shape().size() == 0) {
      return new DirectOperand(Addresses.of(view), bits, use);
    }
    JointAxes axes = JointAxes.of(view.shape(), order, strides);
    return axes.isOneRun()
        ? new DirectOperand(Addresses.of(view), bits, use)
        : new ScatteredOperand(Addresses.of(view), bits, use, axes);
  }

  /** Runs the loop over so many elements of each operand. */
  void run(long elements, FlatLoop loop) {
    try {
      kernel.run(elements, loop, operands.toArray(FlatOperand[]::new));
    } finally {
      releases.forEach(Runnable::run);
    }
  }
}
