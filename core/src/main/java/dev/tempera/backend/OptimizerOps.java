package dev.tempera.backend;

import dev.tempera.data.View;
import org.jspecify.annotations.Nullable;

/**
 * Optimiser updates in place and the linear algebra of optimisers, one pass over memory each. All
 * views of a call have one shape and one type. Default bodies compute in double and round once.
 */
public interface OptimizerOps extends MemoryOps {
  /** target ← target + scale·direction. */
  default void addScaled(View target, View direction, double scale) {
    combine(target, 1, direction, scale);
  }

  /** target ← kept·target + scale·direction. */
  default void combine(View target, double kept, View direction, double scale) {
    HostUpdate.of(this)
        .update(target)
        .read(direction)
        .run(each -> each[0] = kept * each[0] + scale * each[1]);
  }

  /** Σ aᵢ·bᵢ, summed in double. */
  default double dot(View a, View b) {
    double[] sum = new double[1];
    HostUpdate.of(this).read(a).read(b).run(each -> sum[0] += each[0] * each[1]);
    return sum[0];
  }

  /**
   * target ← target + scale·direction, and then Σ targetᵢ·otherᵢ: a step of the two loops of
   * L-BFGS.
   *
   * @param other may be the target
   */
  default double addScaledDot(View target, View direction, double scale, View other) {
    addScaled(target, direction, scale);
    return dot(target, other);
  }

  /**
   * One step of gradient descent, as PyTorch has it: g ← g + λ·θ; with momentum v ← µ·v + (1 −
   * τ)·g, at the first step v ← g, and then g ← v, or g ← g + µ·v with Nesterov's; θ ← θ − α·g.
   *
   * @param parameter θ, updated
   * @param gradient g, only read
   * @param velocity v, updated; null without momentum
   * @param step from 1
   */
  default void sgdStep(
      View parameter, View gradient, @Nullable View velocity, SgdParams params, int step) {
    SgdDefault.step(this, parameter, gradient, velocity, params, step);
  }

  /**
   * One step of Adam (Kingma and Ba, 2015, algorithm 1), AdamW (Loshchilov and Hutter, 2019,
   * algorithm 2) or AMSGrad (Reddi and others, 2018, algorithm 2, with the corrections of Adam as
   * PyTorch has it).
   *
   * @param parameter θ, updated
   * @param gradient g
   * @param moments updated
   * @param step t, from 1
   */
  default void adamStep(
      View parameter, View gradient, AdamMoments<View> moments, AdamParams params, int step) {
    AdamDefault.step(this, parameter, gradient, moments, params, step);
  }

  /**
   * One step of RMSProp (Tieleman and Hinton, 2012; centred as in Graves, "Generating sequences
   * with recurrent neural networks", 2013), as PyTorch has it.
   *
   * @param parameter θ, updated
   * @param gradient g
   * @param averages updated
   */
  default void rmsPropStep(
      View parameter, View gradient, RmsPropAverages<View> averages, RmsPropParams params) {
    RmsPropDefault.step(this, parameter, gradient, averages, params);
  }
}
