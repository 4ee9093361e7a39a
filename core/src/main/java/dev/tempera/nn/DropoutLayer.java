package dev.tempera.nn;

import dev.tempera.data.Philox;
import dev.tempera.op.Dropout;
import dev.tempera.tensor.Checkpoint;
import dev.tempera.tensor.RandomSource;
import dev.tempera.tensor.Tensor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sets elements to 0 at random in training mode, others each time, and changes nothing in
 * evaluation mode; see {@link Dropout}. A checkpointed segment that runs again drops the same.
 */
public final class DropoutLayer extends Layer {
  private final double probability;
  private final long seed;
  private final AtomicLong applications = new AtomicLong();

  /**
   * The layer.
   *
   * @param probability with which an element becomes 0, from 0 to 1
   * @throws IllegalArgumentException if it is no probability
   */
  public DropoutLayer(double probability, RandomSource random) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "dropout layer: not a probability\n  rule    0 ≤ probability ≤ 1, here " + probability);
    }
    this.probability = probability;
    int[] words = random.next().block(0);
    this.seed = (words[0] & 0xFFFF_FFFFL) << 32 | (words[1] & 0xFFFF_FFFFL);
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (!isTraining()) {
      return unchanged(x);
    }
    long stream = Checkpoint.drawn(applications::getAndIncrement);
    return Dropout.apply(x, probability, new Philox(seed, stream));
  }

  @Override
  protected String kind() {
    return "DropoutLayer(" + probability + ")";
  }
}
