package dev.tempera.op;

import dev.tempera.data.Shape;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An operand of {@link Einsum}, or a product of several.
 *
 * @param tensor its values
 * @param labels of its axes, no two equal
 */
record EinsumTerm(Tensor tensor, List<Integer> labels) {
  /** An operand as it comes: on the diagonal of axes of one label, without stretched axes. */
  static EinsumTerm of(Tensor operand, List<Integer> axes, EinsumEquation equation) {
    Tensor tensor = operand;
    List<Integer> labels = new ArrayList<>(axes);
    for (int axis = 0; axis < labels.size(); ) {
      int label = labels.get(axis);
      int again = labels.lastIndexOf(label);
      if (again != axis) {
        tensor = Diagonal.apply(tensor, 0, axis, again);
        removeAt(labels, again);
        removeAt(labels, axis);
        labels.add(label);
      } else if (tensor.shape().dim(axis) != equation.length(label)) {
        tensor = Squeeze.apply(tensor, axis);
        removeAt(labels, axis);
      } else {
        axis++;
      }
    }
    return new EinsumTerm(tensor, labels);
  }

  private static void removeAt(List<Integer> labels, int axis) {
    labels.subList(axis, axis + 1).clear();
  }

  /** Summed over all indices but these. */
  EinsumTerm keeping(Collection<Integer> kept) {
    int[] axes =
        labels.stream().filter(label -> !kept.contains(label)).mapToInt(labels::indexOf).toArray();
    return axes.length == 0
        ? this
        : new EinsumTerm(Sum.sum(tensor, axes), labels.stream().filter(kept::contains).toList());
  }

  /** The tensor with its axes in the order of these labels, which are its own. */
  Tensor inOrder(List<Integer> order) {
    return order.equals(labels)
        ? tensor
        : Permute.apply(tensor, order.stream().mapToInt(labels::indexOf).toArray());
  }

  /** How many elements there are. */
  double elements() {
    return (double) tensor.shape().size();
  }

  /** How many elements there are along some of the axes. */
  long size(Collection<Integer> some) {
    return some.stream()
        .mapToLong(label -> tensor.shape().dim(labels.indexOf(label)))
        .reduce(1, (a, b) -> a * b);
  }

  /**
   * The product with another term, summed over the indices that both have and that are not kept:
   * one matrix product for each value of the indices that are.
   */
  EinsumTerm times(EinsumTerm other, Collection<Integer> kept) {
    List<Integer> leader = other.elements() > elements() ? other.labels : labels;
    List<Integer> batch = new ArrayList<>();
    List<Integer> summed = new ArrayList<>();
    for (int label : leader) {
      if (labels.contains(label) && other.labels.contains(label)) {
        (kept.contains(label) ? batch : summed).add(label);
      }
    }
    List<Integer> rows = labels.stream().filter(label -> !other.labels.contains(label)).toList();
    List<Integer> columns = other.labels.stream().filter(label -> !labels.contains(label)).toList();
    if (summed.isEmpty() || size(rows) * other.size(columns) == 1) {
      return elementwise(other, batch, summed, rows, columns).keeping(kept);
    }
    Tensor left = inOrder(join(batch, rows, summed));
    Tensor right = other.inOrder(join(batch, summed, columns));
    int matrices = Math.toIntExact(size(batch));
    int inner = Math.toIntExact(size(summed));
    Tensor product =
        left.reshape(matrices, Math.toIntExact(size(rows)), inner)
            .matmul(right.reshape(matrices, inner, Math.toIntExact(other.size(columns))));
    return new EinsumTerm(
        Reshape.to(product, shape(other, batch, rows, columns)), join(batch, rows, columns));
  }

  /** Every product of elements of which all shared indices are equal. */
  private EinsumTerm elementwise(
      EinsumTerm other,
      List<Integer> batch,
      List<Integer> summed,
      List<Integer> rows,
      List<Integer> columns) {
    List<Integer> shared = join(batch, summed);
    Tensor left = inOrder(join(shared, rows));
    for (int i = 0; i < columns.size(); i++) {
      left = Unsqueeze.apply(left, -1);
    }
    Tensor right = other.inOrder(join(shared, columns));
    for (int i = 0; i < rows.size(); i++) {
      right = Unsqueeze.apply(right, shared.size());
    }
    return new EinsumTerm(left.multiply(right), join(shared, rows, columns));
  }

  private Shape shape(
      EinsumTerm other, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
    List<Integer> lengths = new ArrayList<>();
    join(batch, rows).forEach(label -> lengths.add(tensor.shape().dim(labels.indexOf(label))));
    columns.forEach(label -> lengths.add(other.tensor.shape().dim(other.labels.indexOf(label))));
    return Shape.of(lengths.stream().mapToInt(Integer::intValue).toArray());
  }

  @SafeVarargs
  private static List<Integer> join(List<Integer>... parts) {
    List<Integer> joined = new ArrayList<>();
    for (List<Integer> part : parts) {
      joined.addAll(part);
    }
    return joined;
  }
}
