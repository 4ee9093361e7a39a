package dev.tempera.optim;

import dev.tempera.backend.AdamMoments;
import dev.tempera.backend.AdamParams;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1) and its
 * relatives, one pass over memory a step.
 *
 * @param params learning rate, decays and epsilon
 * @param isAmsGrad whether the largest second moment so far takes the place of the second moment
 *     (AMSGrad: Reddi and others, "On the convergence of Adam and beyond", 2018)
 */
public record Adam(AdamParams params, boolean isAmsGrad) implements StepRule {
  /** Adam with these constants. */
  public Adam(AdamParams params) {
    this(params, false);
  }

  /** β₁ 0.9, β₂ 0.999, ε 1e-8. */
  public static Adam withLearningRate(double learningRate) {
    return new Adam(AdamParams.withLearningRate(learningRate));
  }

  /**
   * AdamW, whose weight decay does not pass through the moments (Loshchilov and Hutter, "Decoupled
   * weight decay regularization", 2019).
   *
   * @param weightDecay λ: the parameter shrinks by the factor 1 − α·λ a step
   */
  public static Adam decoupled(double learningRate, double weightDecay) {
    AdamParams plain = AdamParams.withLearningRate(learningRate);
    return new Adam(
        new AdamParams(
            learningRate, plain.beta1(), plain.beta2(), plain.epsilon(), 0, weightDecay));
  }

  /** The same as AMSGrad. */
  public Adam amsGrad() {
    return new Adam(params, true);
  }

  @Override
  public Stepper start(Tensor parameter) {
    return new WithMoments(
        parameter,
        new AdamMoments<>(
            parameter.filledLike(0),
            parameter.filledLike(0),
            isAmsGrad ? parameter.filledLike(0) : null),
        params);
  }

  private record WithMoments(Tensor parameter, AdamMoments<Tensor> moments, AdamParams params)
      implements Stepper {
    @Override
    public void step(Tensor gradient, int step, double rateFactor) {
      InPlace.adamStep(parameter, gradient, moments, params.scaled(rateFactor), step);
    }

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      state.put("first_moment", moments.first());
      state.put("second_moment", moments.second());
      Tensor largest = moments.largestSecond();
      if (largest != null) {
        state.put("largest_second_moment", largest);
      }
      return state;
    }
  }
}
