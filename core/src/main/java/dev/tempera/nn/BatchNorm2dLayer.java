package dev.tempera.nn;

import dev.tempera.backend.NormParams;
import dev.tempera.data.DType;
import dev.tempera.data.Shape;
import dev.tempera.op.BatchNorm;
import dev.tempera.op.GivenMoments;
import dev.tempera.tensor.Checkpoint;
import dev.tempera.tensor.InPlace;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;

/**
 * Batch normalisation with its parameters, {@code weight} and {@code bias} (C), and its buffers,
 * {@code running_mean} and {@code running_var} (C) and {@code num_batches_tracked} (a number); see
 * {@link BatchNorm}.
 *
 * <p>In training mode it normalises by the moments of the batch, and moves the running ones towards
 * them: r ← r + momentum·(m − r), with the unbiased variance, as PyTorch does; a checkpointed
 * segment that runs again does not move them twice. In evaluation mode it normalises by the running
 * moments.
 */
public final class BatchNorm2dLayer extends Layer {
  private final NormParams params;
  private final double momentum;
  private final Parameter weight;
  private final Parameter bias;
  private final Buffer runningMean;
  private final Buffer runningVariance;
  private final Buffer batches;

  /** The layer with ε 1e-5 and momentum 0.1. */
  public BatchNorm2dLayer(int channels) {
    this(channels, NormParams.DEFAULT, 0.1);
  }

  /**
   * The layer.
   *
   * @param channels C
   * @param momentum share of the newest batch in the running moments, from 0 to 1
   * @throws IllegalArgumentException if the momentum is out of range
   */
  public BatchNorm2dLayer(int channels, NormParams params, double momentum) {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batchNorm2d layer: momentum is out of range\n  rule    0 ≤ momentum ≤ 1, here "
              + momentum);
    }
    this.params = params;
    this.momentum = momentum;
    this.weight = parameter("weight", () -> Tensor.ones(channels));
    this.bias = parameter("bias", () -> Tensor.zeros(channels));
    this.runningMean = buffer("running_mean", () -> Tensor.zeros(channels));
    this.runningVariance = buffer("running_var", () -> Tensor.ones(channels));
    this.batches =
        buffer("num_batches_tracked", () -> Tensor.filled(DType.INT64, Shape.scalar(), 0));
  }

  /**
   * The normalised batch.
   *
   * @param x (N, C, H, W)
   */
  @Override
  protected Tensor forward(Tensor x) {
    if (!isTraining()) {
      return GivenMoments.normalize(
          x, runningMean.value(), runningVariance.value(), weight.value(), bias.value(), params);
    }
    BatchNorm.Result result = BatchNorm.withMoments(x, weight.value(), bias.value(), params);
    try (Tensor mean = result.mean();
        Tensor variance = result.variance()) {
      if (!Checkpoint.isRunningAgain()) {
        follow(mean, variance, x.shape().with(1, 1).size());
      }
    }
    return result.value();
  }

  /**
   * Moves the running moments towards those of a batch in which each channel has so many pixels.
   */
  private void follow(Tensor mean, Tensor variance, long count) {
    double unbiased = params.unbiased() || count == 1 ? 1 : count / (count - 1.0);
    try (NoRecord _ = NoRecord.open();
        TensorScope _ = TensorScope.open("running moments")) {
      move(runningMean.value(), mean);
      move(runningVariance.value(), variance.multiply(unbiased));
      batches.value().assign(batches.value().to(DType.FLOAT64).add(1));
    }
  }

  private void move(Tensor running, Tensor latest) {
    InPlace.addScaled(running, latest.subtract(running), momentum);
  }

  @Override
  protected String kind() {
    return "BatchNorm2dLayer(" + weight.value().shape().dim(0) + ")";
  }
}
