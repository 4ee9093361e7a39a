package dev.tempera.backend;

import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/** Gradient descent, element by element. */
final class SgdDefault {
  private SgdDefault() {}

  static void step(
      MemoryOps backend,
      View parameter,
      View gradient,
      @Nullable View velocity,
      SgdParams params,
      int step) {
    HostUpdate update = HostUpdate.of(backend).update(parameter).read(gradient);
    if (velocity == null) {
      update.run(
          each -> each[0] -= params.learningRate() * (each[1] + params.weightDecay() * each[0]));
      return;
    }
    double carried = params.velocityWeight(step);
    double added = params.gradientWeight(step);
    update
        .update(velocity)
        .run(
            each -> {
              double slope = each[1] + params.weightDecay() * each[0];
              each[2] = carried * each[2] + added * slope;
              double direction = params.nesterov() ? slope + params.momentum() * each[2] : each[2];
              each[0] -= params.learningRate() * direction;
            });
  }
}
