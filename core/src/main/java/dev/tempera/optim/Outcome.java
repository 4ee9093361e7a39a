package dev.tempera.optim;

/**
 * How a minimisation ended.
 *
 * @param value the objective at the point that was left
 * @param evaluations how often the objective was evaluated
 * @param reason why it ended
 * @param message the reason in words
 */
public record Outcome(double value, int evaluations, Reason reason, String message) {
  /** Why a minimisation ended. */
  public enum Reason {
    /** All evaluations were used. */
    BUDGET_SPENT,
    /** No direction leads down any more. */
    CONVERGED,
    /** The objective or its gradient became infinite or NaN. */
    NOT_FINITE
  }

  static Outcome budgetSpent(double value, int evaluations) {
    return new Outcome(
        value, evaluations, Reason.BUDGET_SPENT, "used all " + evaluations + " evaluations");
  }

  static Outcome converged(double value, int evaluations) {
    return new Outcome(
        value,
        evaluations,
        Reason.CONVERGED,
        "no step leads further down after " + evaluations + " evaluations");
  }

  static Outcome notFinite(double value, int evaluations) {
    return new Outcome(
        value,
        evaluations,
        Reason.NOT_FINITE,
        "the objective stopped being finite at evaluation "
            + evaluations
            + "; the best point so far was kept. A smaller learning rate or other loss weights may help.");
  }
}
