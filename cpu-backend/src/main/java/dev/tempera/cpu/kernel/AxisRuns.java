package dev.tempera.cpu.kernel;

import dev.tempera.data.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The axes of a dense tensor in memory order, outermost first, neighbours that are both kept or
 * both reduced taken together, axes of length 1 left out.
 *
 * @param runs kept and reduced in turn
 */
record AxisRuns(List<Run> runs) {
  /**
   * Axes that lie in memory like one.
   *
   * @param length how many elements
   * @param isReduced whether they are combined
   */
  record Run(long length, boolean isReduced) {}

  /**
   * A tensor seen around its innermost reduced run.
   *
   * @param outer elements of what lies around it
   * @param length elements of the run
   * @param inner elements of what lies inside it
   */
  record Pass(long outer, long length, long inner) {}

  /** The runs of a dense view. */
  static AxisRuns of(View x, int[] reduced) {
    List<Integer> order = new ArrayList<>(x.shape().rank());
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      if (x.shape().dim(axis) != 1) {
        order.add(axis);
      }
    }
    order.sort(Comparator.comparingLong((Integer axis) -> x.stride(axis)).reversed());
    List<Run> runs = new ArrayList<>();
    for (int axis : order) {
      boolean isReduced = Arrays.stream(reduced).anyMatch(other -> other == axis);
      append(runs, new Run(x.shape().dim(axis), isReduced));
    }
    return new AxisRuns(runs);
  }

  private static void append(List<Run> runs, Run run) {
    if (!runs.isEmpty() && runs.getLast().isReduced() == run.isReduced()) {
      Run last = runs.removeLast();
      runs.add(new Run(last.length() * run.length(), run.isReduced()));
    } else {
      runs.add(run);
    }
  }

  /** Whether any run is reduced. */
  boolean hasReduced() {
    return runs.stream().anyMatch(Run::isReduced);
  }

  /** The tensor around its innermost reduced run. */
  Pass innermost() {
    int place = innermostReduced();
    return new Pass(
        product(runs.subList(0, place)),
        runs.get(place).length(),
        product(runs.subList(place + 1, runs.size())));
  }

  /** What is left when the innermost reduced run is done. */
  AxisRuns withoutInnermost() {
    List<Run> left = new ArrayList<>();
    int place = innermostReduced();
    for (int i = 0; i < runs.size(); i++) {
      if (i != place) {
        append(left, runs.get(i));
      }
    }
    return new AxisRuns(left);
  }

  private int innermostReduced() {
    int place = runs.size() - 1;
    while (!runs.get(place).isReduced()) {
      place--;
    }
    return place;
  }

  private static long product(List<Run> runs) {
    return runs.stream().mapToLong(Run::length).reduce(1, (a, b) -> a * b);
  }
}
