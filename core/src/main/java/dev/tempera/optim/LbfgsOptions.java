package dev.tempera.optim;

/**
 * How {@link Lbfgs} searches.
 *
 * @param history how many steps are remembered
 * @param learningRate the length of a step as a share of the full quasi-Newton step
 * @param lineSearch how the length is then chosen
 * @param firstStep how long the first step is, before anything is known of the curvature
 * @param longestChange no step changes an element by more than this
 */
public record LbfgsOptions(
    int history,
    double learningRate,
    LineSearch lineSearch,
    FirstStep firstStep,
    double longestChange) {

  /** History 10, full steps, backtracking. */
  public static final LbfgsOptions DEFAULT =
      new LbfgsOptions(
          10, 1, LineSearch.BACKTRACKING, FirstStep.inverseGradientSum(), Double.POSITIVE_INFINITY);

  /**
   * The length of the first step, while the direction is the negative gradient g.
   *
   * @param largestChange no element changes by more than this; infinite to take min(1, 1/‖g‖₁)·g
   *     instead
   */
  public record FirstStep(double largestChange) {
    /** min(1, 1/‖g‖₁), as Torch's L-BFGS has it. */
    public static FirstStep inverseGradientSum() {
      return new FirstStep(Double.POSITIVE_INFINITY);
    }

    /** As long as possible with no element changing by more than this. */
    public static FirstStep changing(double largestChange) {
      return new FirstStep(largestChange);
    }
  }
}
