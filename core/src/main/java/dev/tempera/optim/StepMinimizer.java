package dev.tempera.optim;

import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.function.Consumer;

/**
 * Minimises with one evaluation a step.
 *
 * @param rule makes the steps
 * @param afterStep changes the point after each step
 */
record StepMinimizer(StepRule rule, Consumer<Tensor> afterStep) implements Minimizer {
  @Override
  public Outcome minimize(Tensor point, Objective objective, int evaluations) {
    try (TensorScope _ = TensorScope.open("steps")) {
      StepRule.Stepper stepper = rule.start(point);
      Tensor best = Vectors.copy(point);
      double bestValue = Double.POSITIVE_INFINITY;
      double value = Double.NaN;
      for (int i = 1; i <= evaluations; i++) {
        try (TensorScope _ = TensorScope.open("step")) {
          Evaluation evaluation = objective.at(point);
          value = evaluation.value();
          if (!Double.isFinite(value)
              || !Double.isFinite(Vectors.absoluteSum(evaluation.gradient()))) {
            point.assign(best);
            return Outcome.notFinite(bestValue, i);
          }
          if (value < bestValue) {
            bestValue = value;
            best.assign(point);
          }
          stepper.step(evaluation.gradient(), i, 1);
          afterStep.accept(point);
        }
      }
      return Outcome.budgetSpent(value, evaluations);
    }
  }
}
