package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormOps.NormGradients;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The gradients of a {@link Normalization}, made one after another. */
interface NormalizationGradients {
  /** With respect to the input. */
  Tensor input();

  /** With respect to the scale. */
  Tensor scale();

  /** With respect to the shift. */
  Tensor shift();

  /** Gives back what was computed and not asked for. */
  default void release() {}

  /**
   * All gradients by one kernel, or by tensor operations if they are themselves recorded.
   *
   * @param x the input
   * @param scale null for 1
   * @param wantsInput whether the input's gradient will be asked for
   * @param wantsAffine whether that of scale or shift will
   */
  static NormalizationGradients of(
      Normalization normalization,
      Tensor gradient,
      Tensor x,
      @Nullable Tensor scale,
      Moments moments,
      boolean wantsInput,
      boolean wantsAffine) {
    Tensor factor = scale == null ? x : scale;
    Recording recording = Recording.of(normalization.op() + "Gradient", gradient, x, factor);
    if (recording.isActive()) {
      return new NormalizationRule(normalization, gradient, x, scale);
    }
    Backend backend = recording.backend();
    View slope = backend.reshaped(gradient.view(), normalization.flat());
    View rows = backend.reshaped(x.view(), normalization.flat());
    View scaleRows = normalization.matrix(backend, scale);
    NormGradients computed =
        backend.standardizeGradients(
            slope,
            rows,
            moments,
            normalization.groups(),
            normalization.params(),
            scaleRows,
            wantsInput,
            wantsAffine);
    slope.storage().release();
    rows.storage().release();
    Normalization.release(scaleRows);
    return new Fused(recording, computed, x.shape(), factor.shape());
  }

  /**
   * What one kernel computed; each gradient is handed over as it is asked for.
   *
   * @param shape of the input
   * @param affine of scale and shift
   */
  record Fused(Recording recording, NormGradients computed, Shape shape, Shape affine)
      implements NormalizationGradients {
    @Override
    public Tensor input() {
      return handedOver(computed.input(), shape);
    }

    @Override
    public Tensor scale() {
      return handedOver(computed.scale(), affine);
    }

    @Override
    public Tensor shift() {
      return handedOver(computed.shift(), affine);
    }

    private Tensor handedOver(@Nullable View view, Shape as) {
      View made = Objects.requireNonNull(view);
      made.storage().retain();
      return recording.untracked(Objects.requireNonNull(made.reshape(as)));
    }

    @Override
    public void release() {
      Normalization.release(computed.input());
      Normalization.release(computed.scale());
      Normalization.release(computed.shift());
    }
  }
}
