package dev.tempera.op;

import dev.tempera.backend.NormGroups;
import dev.tempera.backend.NormParams;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation (Ba, Kiros and Hinton, 2016, equation 3): the elements along the last axes
 * together to mean 0 and variance 1, then each scaled and shifted by a number of its own.
 */
public final class LayerNorm {
  private static final String NAME = "layerNorm";

  private LayerNorm() {}

  /**
   * The normalised tensor.
   *
   * @param axes how many of the last axes are normalised together
   * @param scale of the lengths of those axes, or null for 1
   * @param shift of the lengths of those axes, or null for 0
   * @throws ShapeException if the shapes do not fit, or there are not that many axes
   */
  public static Tensor apply(
      Tensor x, int axes, @Nullable Tensor scale, @Nullable Tensor shift, NormParams params) {
    int rank = x.shape().rank();
    if (axes < 1 || axes > rank) {
      throw new ShapeException(
          NAME
              + ": there are no "
              + axes
              + " axes to normalise along\n  input   "
              + x.shape()
              + "\n  rule    1 ≤ axes ≤ "
              + rank);
    }
    int[] lengths = x.shape().toArray();
    Shape last = Shape.of(Arrays.copyOfRange(lengths, rank - axes, rank));
    Shape first = Shape.of(Arrays.copyOfRange(lengths, 0, rank - axes));
    Normalization.requireAffine(NAME, x, scale, shift, last, "of the last axes");
    Shape flat = Shape.of(Math.toIntExact(first.size()), Math.toIntExact(last.size()), 1);
    return new Normalization(NAME, flat, new NormGroups(1, false), params)
        .apply(x, scale, shift, moments -> {});
  }
}
