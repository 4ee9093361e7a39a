package dev.tempera.cpu.kernel;

import dev.tempera.cpu.simd.CopyLoops;

/**
 * An operand whose elements lie in memory in another order than the result's, and go through a
 * buffer.
 *
 * @param address of the first element
 * @param elementBits the size of an element in bits, a multiple of 8
 * @param use what the kernel does with it
 * @param axes those of the result and the operand
 */
record ScatteredOperand(long address, int elementBits, FlatUse use, JointAxes axes)
    implements FlatOperand {
  @Override
  public boolean isDirect() {
    return false;
  }

  @Override
  public long at(long index) {
    throw new UnsupportedOperationException("a scattered operand goes through a buffer");
  }

  /**
   * After how many elements the operand repeats itself, because it is stretched along the outermost
   * axis; 0 if it does not.
   */
  long period() {
    if (axes.second(0) != 0) {
      return 0;
    }
    long period = 1;
    for (int axis = 1; axis < axes.rank(); axis++) {
      period *= axes.length(axis);
    }
    return period;
  }

  @Override
  public void fetch(long start, int count, long buffer) {
    if (!use.reads()) {
      return;
    }
    int size = elementBits / Byte.SIZE;
    RunWalk walk = new RunWalk(axes, start);
    for (int done = 0; done < count; walk.next()) {
      int run = (int) Math.min(walk.length(), count - done);
      long own = address + walk.second() * size;
      CopyLoops.run(own, walk.secondStride() * size, buffer + (long) done * size, size, run, size);
      done += run;
    }
  }

  @Override
  public void put(long start, int count, long buffer) {
    if (!use.writes()) {
      return;
    }
    int size = elementBits / Byte.SIZE;
    RunWalk walk = new RunWalk(axes, start);
    for (int done = 0; done < count; walk.next()) {
      int run = (int) Math.min(walk.length(), count - done);
      long own = address + walk.second() * size;
      CopyLoops.run(buffer + (long) done * size, size, own, walk.secondStride() * size, run, size);
      done += run;
    }
  }
}
