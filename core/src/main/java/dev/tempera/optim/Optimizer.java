package dev.tempera.optim;

import dev.tempera.tensor.Gradients;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains the parameters of a net: one step for each set of gradients, in place.
 *
 * <pre>{@code
 * try (TensorScope training = TensorScope.open("training")) {
 *   Optimizer optimizer =
 *       new Optimizer(Adam.withLearningRate(1e-3), net.trainableParameters())
 *           .schedule(Schedule.cosine(steps, 0))
 *           .clipping(GradientClipping.byGlobalNorm(1));
 *   for (Batch batch : batches) {
 *     try (TensorScope step = TensorScope.open("step")) {
 *       optimizer.step(loss(net, batch).backward());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>State is made in the scope that is innermost when the optimiser is made, which must stay open
 * as long as steps are made. Not for several threads at once.
 */
public final class Optimizer {
  private final Map<String, Trained> trained = new LinkedHashMap<>();
  private Schedule schedule = Schedule.constant();
  private GradientClipping clipping = GradientClipping.none();
  private int steps;

  /** A parameter with what belongs to it. */
  private static final class Trained {
    private final Tensor parameter;
    private final StepRule.Stepper stepper;
    private int steps;

    Trained(Tensor parameter, StepRule.Stepper stepper) {
      this.parameter = parameter;
      this.stepper = stepper;
    }
  }

  /**
   * An optimiser of these parameters.
   *
   * @param rule makes the steps
   * @param parameters tracked tensors by name; names matter for saved state alone
   * @throws IllegalArgumentException if a parameter is not tracked, or is there twice
   */
  public Optimizer(StepRule rule, Map<String, Tensor> parameters) {
    parameters.forEach(
        (name, parameter) -> {
          requireTrainable(name, parameter);
          trained.put(name, new Trained(parameter, rule.start(parameter)));
        });
  }

  @SuppressWarnings("ReferenceEquality") // Storages are compared by identity.
  private void requireTrainable(String name, Tensor parameter) {
    if (!parameter.isTracked()) {
      throw new IllegalArgumentException(
          "optimizer: there will be no gradient for '"
              + name
              + "'\n  tensor  "
              + parameter.dtype()
              + parameter.shape()
              + "\n  rule    parameters are tracked\n  hint    pass what track() returns");
    }
    trained.forEach(
        (other, each) -> {
          if (each.parameter.view().storage() == parameter.view().storage()) {
            throw new IllegalArgumentException(
                "optimizer: '"
                    + other
                    + "' and '"
                    + name
                    + "' are the same memory\n  rule    each parameter once");
          }
        });
  }

  /** Sets how the learning rate changes; constant at first. Returns this. */
  public Optimizer schedule(Schedule chosen) {
    schedule = chosen;
    return this;
  }

  /** Sets how gradients are bounded; not at all at first. Returns this. */
  public Optimizer clipping(GradientClipping chosen) {
    clipping = chosen;
    return this;
  }

  /** How many steps were made. */
  public int steps() {
    return steps;
  }

  /** What the learning rate is multiplied by at the next step. */
  public double rateFactor() {
    return schedule.factor(steps);
  }

  /**
   * Makes one step. Parameters that there is no gradient for stay as they are.
   *
   * @param gradients of the objective with respect to the parameters
   */
  public void step(Gradients gradients) {
    List<Trained> moved = new ArrayList<>();
    List<Tensor> found = new ArrayList<>();
    for (Trained each : trained.values()) {
      if (gradients.has(each.parameter)) {
        moved.add(each);
        found.add(gradients.of(each.parameter));
      }
    }
    try (TensorScope _ = TensorScope.open("optimizer step")) {
      List<Tensor> bounded = clipping.apply(found);
      double factor = rateFactor();
      for (int i = 0; i < moved.size(); i++) {
        Trained each = moved.get(i);
        each.stepper.step(bounded.get(i), ++each.steps, factor);
      }
    }
    steps++;
  }

  /** The tensors that steps leave for later steps, as {@code PARAMETER/NAME}. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    trained.forEach(
        (name, each) ->
            each.stepper.state().forEach((part, tensor) -> state.put(name + "/" + part, tensor)));
    return state;
  }

  /** How many steps each parameter made. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    trained.forEach((name, each) -> counts.put(name, each.steps));
    return counts;
  }

  /** Goes on as after so many steps. */
  void resume(int totalSteps, Map<String, Integer> counts) {
    steps = totalSteps;
    trained.forEach((name, each) -> each.steps = counts.getOrDefault(name, 0));
  }
}
