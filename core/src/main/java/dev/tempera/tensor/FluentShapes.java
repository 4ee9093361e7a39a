package dev.tempera.tensor;

import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.op.Convert;
import dev.tempera.op.Diagonal;
import dev.tempera.op.Expand;
import dev.tempera.op.Flip;
import dev.tempera.op.Gather;
import dev.tempera.op.IndexSelect;
import dev.tempera.op.Matmul;
import dev.tempera.op.Permute;
import dev.tempera.op.Reshape;
import dev.tempera.op.Roll;
import dev.tempera.op.Slice;
import dev.tempera.op.Split;
import dev.tempera.op.Squeeze;
import dev.tempera.op.Tile;
import dev.tempera.op.Unsqueeze;
import java.util.List;

/** Products, and the same elements under other shapes and types. */
sealed interface FluentShapes permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The matrix product; leading axes are stacks of matrices and broadcast. */
  default Tensor matmul(Tensor other) {
    return Matmul.apply(self(), other);
  }

  /** The same elements, in row-major order, under another shape; one length may be −1. */
  default Tensor reshape(int... shape) {
    return Reshape.apply(self(), shape);
  }

  /** The axes in another order: axis i of the result is axis {@code order[i]} of this. */
  default Tensor permute(int... order) {
    return Permute.apply(self(), order);
  }

  /** The last two axes exchanged. */
  default Tensor transpose() {
    return Permute.transpose(self());
  }

  /** Elements {@code start} to {@code end} − 1 of an axis. */
  default Tensor slice(int axis, int start, int end) {
    return Slice.apply(self(), axis, start, end, 1);
  }

  /** Parts of these lengths along an axis, one after another. */
  default List<Tensor> split(int axis, int... lengths) {
    return Split.apply(self(), axis, lengths);
  }

  /** So many parts of equal length along an axis, the last of what is left. */
  default List<Tensor> chunk(int axis, int count) {
    return Split.chunk(self(), axis, count);
  }

  /** Without these axes of length 1; without all of them if none is named. */
  default Tensor squeeze(int... axes) {
    return Squeeze.apply(self(), axes);
  }

  /** With a new axis of length 1 at this place. */
  default Tensor unsqueeze(int axis) {
    return Unsqueeze.apply(self(), axis);
  }

  /** The elements along these axes in reverse order; along all if none is named. */
  default Tensor flip(int... axes) {
    return Flip.apply(self(), axes);
  }

  /** The elements moved along an axis; what leaves at one end comes in at the other. */
  default Tensor roll(int axis, int shift) {
    return Roll.apply(self(), axis, shift);
  }

  /** Repeated as a whole so many times along each axis. */
  default Tensor tile(int... repeats) {
    return Tile.apply(self(), repeats);
  }

  /** The main diagonal of the last two axes. */
  default Tensor diagonal() {
    return Diagonal.apply(self());
  }

  /** Stretched to a shape it broadcasts to. */
  default Tensor expand(int... shape) {
    return Expand.apply(self(), Shape.of(shape));
  }

  /** The same values in another element type. */
  default Tensor to(DType dtype) {
    return Convert.apply(self(), dtype);
  }

  /** The elements at the places along an axis that an index gives; of the index's shape. */
  default Tensor gather(int axis, Tensor index) {
    return Gather.apply(self(), index, axis);
  }

  /** The slices at the places along an axis that an index of one axis gives. */
  default Tensor indexSelect(int axis, Tensor index) {
    return IndexSelect.apply(self(), index, axis);
  }
}
