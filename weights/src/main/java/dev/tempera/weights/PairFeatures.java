package dev.tempera.weights;

import dev.tempera.backend.Backends;
import dev.tempera.data.Shape;
import dev.tempera.data.ShapeException;
import dev.tempera.op.Interpolation;
import dev.tempera.op.Resize2d;
import dev.tempera.tensor.NoRecord;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of a run that needs no downloaded weights: filters learned from its content picture and
 * its style picture, as {@link FilterLearner} does. They tell the two pictures apart better than
 * filters learned elsewhere, because they spend their few channels on what the two contain.
 *
 * <p>Pictures that have nothing to learn from get the shipped {@linkplain
 * EmbeddedWeights#deadLeaves dead-leaves filters}: those in which no colour channel deviates from
 * its mean by two of 255 grey levels, those with fewer patches than filters, and those whose
 * patches span fewer dimensions than there are filters (two flat areas, for example).
 */
public final class PairFeatures {
  /** About how many patches a level looks at in one picture. */
  static final int PATCHES_PER_PICTURE = 6000;

  /** Below this, in [0, 1], the standard deviation of a picture's channel counts as none. */
  private static final double LEAST_DEVIATION = 2.0 / 255;

  private PairFeatures() {}

  /**
   * Filters learned from two pictures, on the backend that holds them. The same pictures give the
   * same filters, for any number of threads.
   *
   * @param content (1, 3, H, W), RGB in [0, 1]
   * @param style (1, 3, H′, W′), RGB in [0, 1]
   * @throws ShapeException if a picture has another shape or no pixels
   * @throws IllegalArgumentException if a picture holds a number that is not finite
   */
  public static FilterNet learn(Tensor content, Tensor style) {
    return learn(content, List.of(style));
  }

  /**
   * Filters learned from a content picture and several style pictures, as {@link #learn(Tensor,
   * Tensor)} does from two.
   *
   * @param content (1, 3, H, W), RGB in [0, 1]
   * @param styles at least one, each (1, 3, H′, W′), RGB in [0, 1]
   * @throws ShapeException if a picture has another shape or no pixels
   * @throws IllegalArgumentException if a picture holds a number that is not finite
   */
  public static FilterNet learn(Tensor content, List<Tensor> styles) {
    requirePicture("content", content);
    styles.forEach(style -> requirePicture("style", style));
    try (NoRecord _ = NoRecord.open();
        Backends.Choice _ = Backends.use(content.backend());
        TensorScope _ = TensorScope.open("filters of the pair")) {
      double deviation = deviation("content", content);
      List<Tensor> pictures = new ArrayList<>(List.of(largeEnough(content)));
      for (Tensor style : styles) {
        deviation = Math.max(deviation, deviation("style", style));
        pictures.add(largeEnough(style));
      }
      if (deviation >= LEAST_DEVIATION) {
        List<FilterLevel> levels = new FilterLearner(PATCHES_PER_PICTURE).learn(pictures);
        if (!levels.isEmpty()) {
          return new FilterNet(levels, FilterOrigin.PAIR);
        }
      }
    }
    return EmbeddedWeights.deadLeaves(FilterOrigin.DEAD_LEAVES_FOR_PLAIN_PAIR);
  }

  private static void requirePicture(String role, Tensor picture) {
    Shape shape = picture.shape();
    if (shape.rank() != 4 || shape.dim(0) != 1 || shape.dim(1) != 3 || shape.size() == 0) {
      throw new ShapeException(
          "filters of the pair: the "
              + role
              + " is not one RGB picture\n  "
              + role
              + " "
              + shape
              + "\n  rule    (1, 3, H, W) with H and W at least 1");
    }
  }

  /** The largest standard deviation of a colour channel over the pixels. */
  private static double deviation(String role, Tensor picture) {
    double largest = 0;
    for (double variance : picture.variance(0, 2, 3).toDoubles()) {
      if (!Double.isFinite(variance)) {
        throw new IllegalArgumentException(
            "filters of the pair: the " + role + " holds numbers that are not finite");
      }
      largest = Math.max(largest, Math.sqrt(variance));
    }
    return largest;
  }

  /** The picture, its short sides stretched so that the deepest level has pixels to reflect. */
  private static Tensor largeEnough(Tensor picture) {
    int height = Math.max(picture.shape().dim(2), FilterLearner.LEAST_SIDE);
    int width = Math.max(picture.shape().dim(3), FilterLearner.LEAST_SIDE);
    boolean fits = picture.shape().dim(2) == height && picture.shape().dim(3) == width;
    return fits ? picture : Resize2d.apply(picture, height, width, Interpolation.BILINEAR, false);
  }
}
