package dev.tempera.op;

import dev.tempera.backend.Backend;
import dev.tempera.data.DType;
import dev.tempera.data.Distribution;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Philox;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Recording;
import dev.tempera.tensor.Tensor;

/**
 * Sets elements to 0 at random and scales the others so that the mean stays (Srivastava et al.,
 * "Dropout", 2014). Which elements those are depends on the generator and their place in row-major
 * order alone. One byte an element is kept for the gradient, which passes where the value did.
 */
public final class Dropout {
  private Dropout() {}

  /**
   * The elements that stay, divided by 1 − probability, and zeros.
   *
   * @param probability with which an element becomes 0, from 0 to 1
   * @param philox the same generator drops the same elements
   * @throws IllegalArgumentException if the probability is none, or the element type is not one
   *     that is computed in
   */
  public static Tensor apply(Tensor x, double probability, Philox philox) {
    Recording recording = Recording.of("dropout", x);
    Unary.requireComputable("dropout", x);
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "dropout: not a probability\n  input   "
              + x.dtype()
              + x.shape()
              + "\n  rule    0 ≤ probability ≤ 1, here "
              + probability);
    }
    if (probability == 0) {
      return recording.unchanged();
    }
    Backend backend = recording.backend();
    Tensor zero = Tensor.of(backend, backend.filled(x.dtype(), Shape.scalar(), 0));
    Tensor kept = Where.apply(kept(backend, x, probability, philox), x, zero);
    return probability == 1 ? kept : kept.multiply(1 / (1 - probability));
  }

  /** Bools that say what stays, in the memory order of x. */
  private static Tensor kept(Backend backend, Tensor x, double probability, Philox philox) {
    Distribution distribution = new Distribution.Bernoulli(1 - probability);
    View drawn = backend.random(distribution, philox, DType.BOOL, x.shape());
    Tensor kept = Tensor.of(backend, drawn);
    return x.view().isChannelsLast() ? Convert.contiguous(kept, MemoryOrder.CHANNELS_LAST) : kept;
  }
}
