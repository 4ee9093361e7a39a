package dev.tempera.optim;

import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Smoothed parameters (Polyak and Juditsky, 1992): after each step a ← β·a + (1 − β)·θ. Nets with
 * them often do better than with the last parameters.
 *
 * <p>The averages are made in the scope that is innermost then, which must stay open as long as
 * they are used.
 */
public final class ExponentialMovingAverage {
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> averages = new LinkedHashMap<>();
  private final double decay;

  /**
   * Averages that start as the parameters are.
   *
   * @param parameters by name
   * @param decay β, such as 0.999
   * @throws IllegalArgumentException if β is not from 0 to 1
   */
  public ExponentialMovingAverage(Map<String, Tensor> parameters, double decay) {
    if (!(decay >= 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "moving average: the decay is no share\n  rule    0 ≤ decay ≤ 1, here " + decay);
    }
    this.parameters = new LinkedHashMap<>(parameters);
    this.decay = decay;
    this.parameters.forEach((name, parameter) -> averages.put(name, Vectors.copy(parameter)));
  }

  /** Moves the averages towards the parameters. */
  public void update() {
    parameters.forEach(
        (name, parameter) -> InPlace.combine(average(name), decay, parameter, 1 - decay));
  }

  /** The averages by name; they change with every update. */
  public Map<String, Tensor> averages() {
    return Collections.unmodifiableMap(averages);
  }

  /**
   * Exchanges the values of parameters and averages: the net then computes with the averages, until
   * they are exchanged again.
   */
  public void exchange() {
    try (TensorScope _ = TensorScope.open("moving average")) {
      parameters.forEach(
          (name, parameter) -> {
            Tensor held = Vectors.copy(parameter);
            parameter.assign(average(name));
            average(name).assign(held);
          });
    }
  }

  private Tensor average(String name) {
    Tensor average = averages.get(name);
    if (average == null) {
      throw new IllegalStateException("moving average: none of " + name);
    }
    return average;
  }
}
