package dev.tempera.testkit;

import dev.tempera.data.Shape;

/** A way to place the elements of an operand in memory. */
public enum Layout {
  /** Densely, the last axis fastest, at an address that vectors like. */
  DENSE {
    @Override
    long[] strides(Shape shape) {
      return shape.rowMajorStrides();
    }
  },
  /** Densely, but from an address that is not aligned. */
  UNALIGNED {
    @Override
    long[] strides(Shape shape) {
      return shape.rowMajorStrides();
    }

    @Override
    int offset() {
      return 3;
    }
  },
  /** Densely, the first axis fastest. */
  TRANSPOSED {
    @Override
    boolean suits(Shape shape) {
      return shape.rank() > 1;
    }

    @Override
    long[] strides(Shape shape) {
      return shape.columnMajorStrides();
    }
  },
  /** Every second element of something larger. */
  SLICED {
    @Override
    boolean suits(Shape shape) {
      return shape.rank() > 0;
    }

    @Override
    long[] strides(Shape shape) {
      long[] strides = shape.with(-1, 2 * shape.dim(-1)).rowMajorStrides();
      strides[strides.length - 1] = 2;
      return strides;
    }

    @Override
    int offset() {
      return 1;
    }
  },
  /** Rows that are dense but lie apart, as in a cut-out. */
  ROWS_APART {
    @Override
    boolean suits(Shape shape) {
      return shape.rank() > 1;
    }

    @Override
    long[] strides(Shape shape) {
      return shape.with(-1, shape.dim(-1) + 5).rowMajorStrides();
    }
  },
  /** The channels of one pixel side by side. */
  CHANNELS_LAST {
    @Override
    boolean suits(Shape shape) {
      return shape.rank() == 4;
    }

    @Override
    long[] strides(Shape shape) {
      return shape.channelsLastStrides();
    }
  },
  /** The channels of one pixel side by side, with other channels between the pixels. */
  CHANNELS_OF_MORE {
    @Override
    boolean suits(Shape shape) {
      return shape.rank() == 4;
    }

    @Override
    long[] strides(Shape shape) {
      return shape.with(1, shape.dim(1) + 3).channelsLastStrides();
    }
  },
  /** The first axis stretched: one element stands for all along it. */
  FIRST_AXIS_STRETCHED {
    @Override
    int stretchedAxis(Shape shape) {
      return 0;
    }

    @Override
    boolean suits(Shape shape) {
      return shape.rank() > 0;
    }

    @Override
    long[] strides(Shape shape) {
      return stretched(shape, 0);
    }
  },
  /** The last axis stretched: one element stands for all along it. */
  LAST_AXIS_STRETCHED {
    @Override
    int stretchedAxis(Shape shape) {
      return shape.rank() - 1;
    }

    @Override
    boolean suits(Shape shape) {
      return shape.rank() > 1;
    }

    @Override
    long[] strides(Shape shape) {
      return stretched(shape, shape.rank() - 1);
    }
  };

  /** Whether operands of this shape can be placed so. */
  boolean suits(Shape shape) {
    return true;
  }

  /** The strides in elements. */
  abstract long[] strides(Shape shape);

  /** Elements between an aligned address and the first element. */
  int offset() {
    return 0;
  }

  /** The axis along which all elements are one; −1 for none. */
  int stretchedAxis(Shape shape) {
    return -1;
  }

  /** Whether one element stands for several. */
  boolean isStretched() {
    return this == FIRST_AXIS_STRETCHED || this == LAST_AXIS_STRETCHED;
  }

  /** The operand as this layout can hold it: equal along a stretched axis. */
  Input adapt(Input input) {
    Shape shape = input.shape();
    int axis = stretchedAxis(shape);
    if (axis < 0) {
      return input;
    }
    double[] values = input.values();
    long[] strides = shape.rowMajorStrides();
    for (int i = 0; i < values.length; i++) {
      int along = (int) (i / strides[axis] % shape.dim(axis));
      values[i] = values[(int) (i - along * strides[axis])];
    }
    return input.withValues(values);
  }

  private static long[] stretched(Shape shape, int axis) {
    long[] strides = shape.with(axis, 1).rowMajorStrides();
    strides[axis] = 0;
    return strides;
  }
}
