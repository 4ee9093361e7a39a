package dev.tempera.backend;

import dev.tempera.data.View;

/**
 * RMSProp, element by element: g ← g + λ·θ; s ← ρ·s + (1 − ρ)·g²; d = g/(√s + ε), or if centred m ←
 * ρ·m + (1 − ρ)·g and d = g/(√(s − m²) + ε); with momentum v ← µ·v + d and d ← v; θ ← θ − α·d.
 */
final class RmsPropDefault {
  private RmsPropDefault() {}

  static void step(
      MemoryOps backend,
      View parameter,
      View gradient,
      RmsPropAverages<View> averages,
      RmsPropParams params) {
    View mean = averages.mean();
    View velocity = averages.velocity();
    HostUpdate update =
        HostUpdate.of(backend).update(parameter).read(gradient).update(averages.square());
    if (mean != null) {
      update.update(mean);
    }
    if (velocity != null) {
      update.update(velocity);
    }
    double decay = params.decay();
    int velocityIndex = mean == null ? 3 : 4;
    update.run(
        each -> {
          double slope = each[1] + params.weightDecay() * each[0];
          each[2] = decay * each[2] + (1 - decay) * slope * slope;
          double square = each[2];
          if (mean != null) {
            each[3] = decay * each[3] + (1 - decay) * slope;
            square = Math.max(square - each[3] * each[3], 0);
          }
          double direction = slope / (Math.sqrt(square) + params.epsilon());
          if (velocity != null) {
            each[velocityIndex] = params.momentum() * each[velocityIndex] + direction;
            direction = each[velocityIndex];
          }
          each[0] -= params.learningRate() * direction;
        });
  }
}
