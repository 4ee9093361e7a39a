package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormOps.Moments;
import dev.tempera.backend.NormParams;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015, algorithm 1): each channel to mean 0 and variance 1
 * over all images and pixels of the batch, then scaled and shifted. {@link GivenMoments} normalises
 * by moments that were collected before.
 */
public final class BatchNorm {
  private static final String NAME = "batchNorm";

  private BatchNorm() {}

  /**
   * A normalised batch and its moments, for running averages; the moments are not recorded.
   *
   * @param value of the input's shape
   * @param mean (C)
   * @param variance (C), biased or not as the normalisation was
   */
  public record Result(Tensor value, Tensor mean, Tensor variance) {}

  /**
   * The batch normalised by its own moments.
   *
   * @param x (N, C, …)
   * @param scale (C), or null for 1
   * @param shift (C), or null for 0
   * @throws ShapeException if the shapes do not fit
   */
  public static Tensor apply(
      Tensor x, @Nullable Tensor scale, @Nullable Tensor shift, NormParams params) {
    return of(x, scale, shift, params).apply(x, scale, shift, moments -> {});
  }

  /**
   * The batch normalised by its own moments, and the moments.
   *
   * @param x (N, C, …)
   * @param scale (C), or null for 1
   * @param shift (C), or null for 0
   * @throws ShapeException if the shapes do not fit
   */
  public static Result withMoments(
      Tensor x, @Nullable Tensor scale, @Nullable Tensor shift, NormParams params) {
    List<Tensor> seen = new ArrayList<>(2);
    Tensor value =
        of(x, scale, shift, params)
            .apply(x, scale, shift, moments -> seen.addAll(tensors(x, moments)));
    return new Result(value, seen.get(0), seen.get(1));
  }

  private static Normalization of(
      Tensor x, @Nullable Tensor scale, @Nullable Tensor shift, NormParams params) {
    Normalization.requireChannels(NAME, x);
    int channels = x.shape().dim(1);
    Normalization.requireAffine(NAME, x, scale, shift, Shape.of(channels), "(C)");
    return Normalization.ofChannels(NAME, x, NormGroups.ofEachChannel(channels, true), params);
  }

  private static List<Tensor> tensors(Tensor x, Moments moments) {
    return List.of(tensor(x, moments.mean()), tensor(x, moments.variance()));
  }

  private static Tensor tensor(Tensor x, View moments) {
    Backend backend = x.backend();
    View numbers = backend.converted(moments, x.dtype(), MemoryOrder.ROW_MAJOR);
    return Tensor.of(
        backend, Objects.requireNonNull(numbers.reshape(Shape.of(moments.shape().dim(1)))));
  }
}
