package dev.tempera.optim;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS (Liu and Nocedal, "On the limited memory BFGS method for large scale
 * optimization", 1989). When a line search fails the memory is forgotten and the search goes on
 * along the gradient; when that fails too it ends.
 */
public final class Lbfgs implements Minimizer {
  private final LbfgsOptions options;

  /** A minimiser with these options. */
  public Lbfgs(LbfgsOptions options) {
    this.options = options;
  }

  @Override
  public Outcome minimize(Tensor point, Objective objective, int evaluations) {
    try (TensorScope _ = TensorScope.open("l-bfgs")) {
      return new Run(objective, evaluations).from(point);
    }
  }

  @Override
  public void rehearse(Tensor point, Objective objective, int evaluations) {
    try (TensorScope _ = TensorScope.open("l-bfgs")) {
      new Run(objective, evaluations).rehearse(point);
    }
  }

  /** One minimisation. */
  private final class Run {
    private final Objective objective;
    private final int budget;
    private final LbfgsHistory history = new LbfgsHistory(options.history());
    private int used;
    private boolean metNonFinite;

    Run(Objective objective, int budget) {
      this.objective = objective;
      this.budget = budget;
    }

    Outcome from(Tensor point) {
      if (budget < 1) {
        return Outcome.budgetSpent(Double.NaN, 0);
      }
      Trial current = first(point);
      if (!Double.isFinite(current.value())
          || !Double.isFinite(Vectors.absoluteSum(current.gradient()))) {
        return Outcome.notFinite(current.value(), used);
      }
      Tensor best = Vectors.copy(current.point());
      double bestValue = current.value();
      while (used < budget) {
        Trial next = advance(current);
        if (next == null) {
          if (history.isEmpty() && used < budget) {
            break;
          }
          history.clear();
          continue;
        }
        if (!next.isFinite()) {
          point.assign(best);
          return Outcome.notFinite(bestValue, used);
        }
        current.close();
        current = next;
        if (current.value() < bestValue) {
          bestValue = current.value();
          best.assign(current.point());
        }
      }
      point.assign(current.point());
      return used < budget ? ended(current.value()) : Outcome.budgetSpent(current.value(), used);
    }

    private Trial first(Tensor point) {
      Tensor start = Vectors.copy(point);
      try (TensorScope scope = TensorScope.open("first evaluation")) {
        Evaluation evaluation = evaluate(start);
        scope.keep(evaluation.gradient());
        return new Trial(0, start, evaluation.value(), evaluation.gradient(), 0);
      }
    }

    /** The last evaluation, beside as many remembered steps as there can be by then. */
    void rehearse(Tensor point) {
      Trial current = first(point);
      Tensor best = Vectors.copy(current.point());
      history.fill(current.gradient(), budget - 2);
      if (budget > 1) {
        try (TensorScope _ = TensorScope.open("iteration")) {
          new Line(current, history.direction(current.gradient()).direction(), 0).at(1);
        }
      }
      point.assign(best);
    }

    private Outcome ended(double value) {
      return metNonFinite ? Outcome.notFinite(value, used) : Outcome.converged(value, used);
    }

    /** One step down from a point; null if none was found. */
    private @Nullable Trial advance(Trial current) {
      try (TensorScope iteration = TensorScope.open("iteration")) {
        LbfgsHistory.Descent descent = history.direction(current.gradient());
        Tensor direction = descent.direction();
        double slope = descent.slope();
        if (!(slope < 0)) {
          return null;
        }
        double reach = Vectors.largest(direction);
        double longest = options.longestChange() / reach;
        double step = Math.min(firstTry(current.gradient(), reach), longest);
        Line line = new Line(current, direction, slope);
        Trial next = options.lineSearch().search(line, step, longest);
        if (next == null) {
          return null;
        }
        history.add(current, next, iteration);
        return next.keptBy(iteration);
      }
    }

    private double firstTry(Tensor gradient, double reach) {
      if (!history.isEmpty()) {
        return options.learningRate();
      }
      double change = options.firstStep().largestChange();
      return Double.isFinite(change)
          ? change / reach
          : options.learningRate() * Math.min(1, 1 / Vectors.absoluteSum(gradient));
    }

    private Evaluation evaluate(Tensor point) {
      used++;
      return objective.at(point);
    }

    /** The half-line from a point along a direction. */
    private final class Line implements SearchLine {
      private final Trial start;
      private final Tensor direction;

      Line(Trial from, Tensor direction, double slope) {
        this.start = new Trial(0, from.point(), from.value(), from.gradient(), slope);
        this.direction = direction;
      }

      @Override
      public Trial start() {
        return start;
      }

      @Override
      public @Nullable Trial at(double step) {
        if (used == budget) {
          return null;
        }
        Tensor point = Vectors.along(start.point(), direction, step);
        try (TensorScope evaluating = TensorScope.open("evaluation")) {
          Evaluation evaluation = evaluate(point);
          double slope = Vectors.dot(direction, evaluation.gradient());
          evaluating.keep(evaluation.gradient());
          Trial trial = new Trial(step, point, evaluation.value(), evaluation.gradient(), slope);
          metNonFinite = !trial.isFinite();
          return trial;
        }
      }
    }
  }
}
