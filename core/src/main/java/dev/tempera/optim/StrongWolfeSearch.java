package dev.tempera.optim;

import org.jspecify.annotations.Nullable;

/**
 * The line search of Nocedal and Wright, "Numerical optimization" (2006), algorithms 3.5
 * (bracketing) and 3.6 (zoom). Trials that are not finite count as too far.
 */
final class StrongWolfeSearch {
  private static final double CURVATURE = 0.9;
  private static final int MAX_TRIALS = 25;

  private final SearchLine line;
  private final double longestStep;

  StrongWolfeSearch(SearchLine line, double longestStep) {
    this.line = line;
    this.longestStep = longestStep;
  }

  @Nullable Trial from(double firstStep) {
    Trial previous = line.start();
    double step = firstStep;
    for (int trials = 1; trials <= MAX_TRIALS; trials++) {
      Trial trial = line.at(step);
      if (trial == null) {
        return lowerThanStart(previous);
      }
      boolean tooFar =
          !trial.isFinite()
              || !LineSearch.fallsEnough(line.start(), trial)
              || (trials > 1 && trial.value() >= previous.value());
      if (tooFar) {
        return zoom(previous, trial, MAX_TRIALS - trials);
      }
      if (isFlat(trial) || (step >= longestStep && trial.slope() < 0)) {
        return trial;
      }
      if (trial.slope() >= 0) {
        return zoom(trial, previous, MAX_TRIALS - trials);
      }
      previous = trial;
      step = Math.min(2 * step, longestStep);
    }
    return lowerThanStart(previous);
  }

  /** Narrows a bracket; {@code low} is its end with the lower value. */
  private @Nullable Trial zoom(Trial low, Trial high, int trials) {
    Trial lower = low;
    Trial upper = high;
    for (int i = 0; i < trials; i++) {
      Trial trial = line.at(between(lower, upper));
      if (trial == null) {
        break;
      }
      if (!trial.isFinite()
          || !LineSearch.fallsEnough(line.start(), trial)
          || trial.value() >= lower.value()) {
        upper = trial;
        continue;
      }
      if (isFlat(trial)) {
        return trial;
      }
      if (trial.slope() * (upper.step() - lower.step()) >= 0) {
        upper = lower;
      }
      lower = trial;
    }
    return lowerThanStart(lower);
  }

  /**
   * The minimum of the parabola through both values and the lower end's slope, kept off the ends.
   */
  private static double between(Trial lower, Trial upper) {
    double width = upper.step() - lower.step();
    double curvature = upper.value() - lower.value() - lower.slope() * width;
    double share = -lower.slope() * width / (2 * curvature);
    boolean usable = upper.isFinite() && Double.isFinite(share);
    return lower.step() + width * (usable ? Math.min(Math.max(share, 0.1), 0.9) : 0.5);
  }

  private boolean isFlat(Trial trial) {
    return Math.abs(trial.slope()) <= -CURVATURE * line.start().slope();
  }

  private @Nullable Trial lowerThanStart(Trial trial) {
    return trial.value() < line.start().value() ? trial : null;
  }
}
