package dev.tempera.op;

import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Einstein's summation: products of tensors summed over indices, as an equation says. {@code
 * "ij,jk->ik"} is the matrix product, {@code "ii->i"} the diagonal, {@code "...ij->...ji"} a
 * transposition, {@code "bchw,bdhw->bcd"} a Gram matrix.
 *
 * <p>Operands are multiplied two at a time; the pair that shrinks the most is next (greedy, as in
 * Smith and Gray, "opt_einsum", 2018). Each step is a stack of matrix products whose operands are
 * permuted views, or a multiplication where nothing is summed. The gradient is that of the steps.
 */
public final class Einsum {
  private Einsum() {}

  /**
   * The sum of products that an equation says.
   *
   * @param equation a term of letters for each operand, with commas between them; then, if {@code
   *     ->} follows, the indices of the result, else those that occur once, in alphabetical order.
   *     An ellipsis stands for axes that broadcast
   * @param operands of one element type; at least one
   * @throws dev.tempera.data.ShapeException if the equation is none or does not fit the operands
   * @throws IllegalArgumentException if there are no operands, or their types differ or are not
   *     computed in
   */
  public static Tensor apply(String equation, Tensor... operands) {
    if (operands.length == 0) {
      throw new IllegalArgumentException("einsum: there are no operands for " + equation);
    }
    Recording.of("einsum", operands);
    for (Tensor operand : operands) {
      requireType(operands[0], operand);
    }
    EinsumEquation resolved =
        EinsumEquation.of(equation, Stream.of(operands).map(Tensor::shape).toList());
    List<EinsumTerm> terms = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      terms.add(EinsumTerm.of(operands[i], resolved.operand(i), resolved));
    }
    for (int i = 0; i < terms.size(); i++) {
      terms.set(i, terms.get(i).keeping(neededBeside(terms, resolved, i, i)));
    }
    while (terms.size() > 1) {
      multiplyNext(terms, resolved);
    }
    EinsumTerm last = terms.getFirst().keeping(resolved.output());
    return Permute.apply(
        last.tensor(), resolved.output().stream().mapToInt(last.labels()::indexOf).toArray());
  }

  private static void requireType(Tensor first, Tensor operand) {
    Unary.requireComputable("einsum", operand);
    if (operand.dtype() != first.dtype()) {
      throw new IllegalArgumentException(
          "einsum: operands have different element types\n  first   "
              + first.dtype()
              + first.shape()
              + "\n  other   "
              + operand.dtype()
              + operand.shape());
    }
  }

  /** Multiplies the pair whose product is the smallest beside what it takes the place of. */
  private static void multiplyNext(List<EinsumTerm> terms, EinsumEquation equation) {
    int left = 0;
    int right = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < terms.size(); i++) {
      for (int j = i + 1; j < terms.size(); j++) {
        double growth = growth(terms, equation, i, j);
        if (growth < least) {
          least = growth;
          left = i;
          right = j;
        }
      }
    }
    Set<Integer> needed = neededBeside(terms, equation, left, right);
    EinsumTerm last = terms.remove(right);
    terms.set(left, terms.get(left).times(last, needed));
  }

  /** By how many elements a product is larger than its two factors. */
  private static double growth(
      List<EinsumTerm> terms, EinsumEquation equation, int left, int right) {
    Set<Integer> labels = new HashSet<>(terms.get(left).labels());
    labels.addAll(terms.get(right).labels());
    labels.retainAll(neededBeside(terms, equation, left, right));
    double size = 1;
    for (int label : labels) {
      size *= equation.length(label);
    }
    return size - terms.get(left).elements() - terms.get(right).elements();
  }

  /** The indices of the result and of all terms but two. */
  private static Set<Integer> neededBeside(
      List<EinsumTerm> terms, EinsumEquation equation, int left, int right) {
    Set<Integer> needed = new HashSet<>(equation.output());
    for (int i = 0; i < terms.size(); i++) {
      if (i != left && i != right) {
        needed.addAll(terms.get(i).labels());
      }
    }
    return needed;
  }
}
