package dev.tempera.optim;

import org.jspecify.annotations.Nullable;

/** How far to go along a direction that leads down. */
public enum LineSearch {
  /** The full step, whatever comes of it. */
  NONE {
    @Override
    @Nullable Trial search(SearchLine line, double firstStep, double longestStep) {
      return line.at(firstStep);
    }
  },
  /**
   * Shorter and shorter steps, each 0.35 of the one before, until the objective falls by at least
   * 1e-4 of what the slope promises (Armijo, 1966).
   */
  BACKTRACKING {
    @Override
    @Nullable Trial search(SearchLine line, double firstStep, double longestStep) {
      double step = firstStep;
      for (int attempt = 0; attempt < 12; attempt++) {
        Trial trial = line.at(step);
        if (trial == null || (trial.isFinite() && fallsEnough(line.start(), trial))) {
          return trial;
        }
        trial.close();
        step *= 0.35;
      }
      return null;
    }
  },
  /**
   * A step that also flattens the slope to 0.9 of what it was (Nocedal and Wright, 2006, algorithms
   * 3.5 and 3.6).
   */
  STRONG_WOLFE {
    @Override
    @Nullable Trial search(SearchLine line, double firstStep, double longestStep) {
      return new StrongWolfeSearch(line, longestStep).from(firstStep);
    }
  };

  private static final double SUFFICIENT_DECREASE = 1e-4;

  /**
   * Finds a step.
   *
   * @param longestStep no step is longer
   * @return null if none was found, or the evaluations ran out before
   */
  abstract @Nullable Trial search(SearchLine line, double firstStep, double longestStep);

  /**
   * Whether the objective has fallen by at least a share of what the slope at the start promises.
   */
  static boolean fallsEnough(Trial start, Trial trial) {
    return trial.value() <= start.value() + SUFFICIENT_DECREASE * trial.step() * start.slope();
  }
}
