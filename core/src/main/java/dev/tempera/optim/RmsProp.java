package dev.tempera.optim;

import dev.tempera.backend.RmsPropAverages;
import dev.tempera.backend.RmsPropParams;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * RMSProp (Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012), as
 * PyTorch has it, one pass over memory a step.
 *
 * @param params learning rate, decay, epsilon, momentum and weight decay
 * @param isCentred whether the gradient is divided by its standard deviation instead of its root
 *     mean square
 */
public record RmsProp(RmsPropParams params, boolean isCentred) implements StepRule {
  /** Decay 0.99, ε 1e-8, not centred, no momentum. */
  public static RmsProp withLearningRate(double learningRate) {
    return new RmsProp(RmsPropParams.withLearningRate(learningRate), false);
  }

  @Override
  public Stepper start(Tensor parameter) {
    return new WithAverages(
        parameter,
        new RmsPropAverages<>(
            parameter.filledLike(0),
            isCentred ? parameter.filledLike(0) : null,
            params.momentum() == 0 ? null : parameter.filledLike(0)),
        params);
  }

  private record WithAverages(
      Tensor parameter, RmsPropAverages<Tensor> averages, RmsPropParams params) implements Stepper {
    @Override
    public void step(Tensor gradient, int step, double rateFactor) {
      InPlace.rmsPropStep(parameter, gradient, averages, params.scaled(rateFactor));
    }

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      state.put("mean_square", averages.square());
      Tensor mean = averages.mean();
      if (mean != null) {
        state.put("mean", mean);
      }
      Tensor velocity = averages.velocity();
      if (velocity != null) {
        state.put("velocity", velocity);
      }
      return state;
    }
  }
}
