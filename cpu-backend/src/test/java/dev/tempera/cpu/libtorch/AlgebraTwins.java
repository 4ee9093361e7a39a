package dev.tempera.cpu.libtorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.tempera.testkit.spec.EinsumSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Linear algebra in libtorch, as far as its Java binding reaches. */
final class AlgebraTwins {
  private AlgebraTwins() {}

  /** All of them. */
  static List<TwinnedSpec<?>> all() {
    return List.of(
        TwinnedSpec.of(new EinsumSpec(), AlgebraTwins::einsum)
            // The binding has no einsum; what stands here knows letters only.
            .where(sample -> !sample.parameters().contains("...")));
  }

  /** All operands with one axis for each index, multiplied and summed. */
  private static PtNDArray einsum(String equation, List<PtNDArray> operands) {
    String[] sides = equation.replace(" ", "").split("->", -1);
    String[] terms = sides[0].split(",", -1);
    List<Character> used = letters(String.join("", terms));
    List<Character> output = sides.length > 1 ? letters(sides[1]) : onceAndSorted(used);
    List<Character> order = new ArrayList<>(output);
    used.stream().filter(letter -> !order.contains(letter)).forEach(order::add);
    PtNDArray product = alongAll(operands.get(0), letters(terms[0]), order);
    for (int i = 1; i < terms.length; i++) {
      product = JniUtils.mul(product, alongAll(operands.get(i), letters(terms[i]), order));
    }
    long[] summed = LongStream.range(output.size(), order.size()).toArray();
    return summed.length == 0 ? product : JniUtils.sum(product, summed, false);
  }

  private static List<Character> letters(String term) {
    return term.chars().mapToObj(letter -> (char) letter).toList();
  }

  private static List<Character> onceAndSorted(List<Character> used) {
    return used.stream()
        .filter(letter -> used.indexOf(letter) == used.lastIndexOf(letter))
        .sorted()
        .toList();
  }

  private static PtNDArray alongAll(PtNDArray x, List<Character> term, List<Character> order) {
    PtNDArray y = x;
    List<Character> letters = new ArrayList<>(term);
    for (int axis = 0; axis < letters.size(); ) {
      Character letter = letters.get(axis);
      int again = letters.lastIndexOf(letter);
      if (again == axis) {
        axis++;
      } else {
        y = JniUtils.diagonal(y, 0, axis, again);
        letters.subList(again, again + 1).clear();
        letters.subList(axis, axis + 1).clear();
        letters.add(letter);
      }
    }
    List<Character> own = order.stream().filter(letters::contains).toList();
    y = JniUtils.permute(y, own.stream().mapToLong(letters::indexOf).toArray());
    for (int axis = 0; axis < order.size(); axis++) {
      if (!own.contains(order.get(axis))) {
        y = JniUtils.unsqueeze(y, axis);
      }
    }
    return y;
  }
}
