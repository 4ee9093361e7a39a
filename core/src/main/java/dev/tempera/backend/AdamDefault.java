package dev.tempera.backend;

import dev.tempera.data.View;

/** Adam, element by element. */
final class AdamDefault {
  private AdamDefault() {}

  static void step(
      MemoryOps backend,
      View parameter,
      View gradient,
      AdamMoments<View> moments,
      AdamParams params,
      int step) {
    double rate = params.learningRate() / params.firstCorrection(step);
    double correction = params.secondCorrection(step);
    View largest = moments.largestSecond();
    HostUpdate update =
        HostUpdate.of(backend)
            .update(parameter)
            .read(gradient)
            .update(moments.first())
            .update(moments.second());
    if (largest != null) {
      update.update(largest);
    }
    update.run(
        each -> {
          double slope = each[1] + params.weightDecay() * each[0];
          each[2] = params.beta1() * each[2] + (1 - params.beta1()) * slope;
          each[3] = params.beta2() * each[3] + (1 - params.beta2()) * slope * slope;
          double square = each[3];
          if (largest != null) {
            each[4] = Math.max(each[4], square);
            square = each[4];
          }
          double direction = each[2] / (Math.sqrt(square / correction) + params.epsilon());
          each[0] = params.keptShare() * each[0] - rate * direction;
        });
  }
}
