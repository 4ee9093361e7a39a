package dev.tempera.weights;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns the filters of a {@link FilterNet} from pictures, level by level, without any labels.
 *
 * <p>The filters of a level are the leading principal components of the 3×3 patches of its input,
 * half as many as the level has channels, and the negatives of them: what max(·, 0) cuts off one
 * keeps the other. Their responses are brought to a common scale ({@link RectifiedPairs}), and the
 * next level learns from the pooled responses. The principle is that of PCANet (Chan et al., 2015),
 * with rectified pairs in place of hashing.
 */
final class FilterLearner {
  /** Pictures with a shorter side are too small for the deepest level. */
  static final int LEAST_SIDE = 16;

  private static final int[] WIDTHS = {16, 32, 64, 128};

  private final int patchesPerPicture;

  /**
   * A learner.
   *
   * @param patchesPerPicture how many patches a level looks at in one picture, roughly
   */
  FilterLearner(int patchesPerPicture) {
    this.patchesPerPicture = patchesPerPicture;
  }

  /**
   * The levels learned from some pictures; none if the patches of a level are fewer than its
   * filters, or span fewer dimensions than it has pairs of filters.
   *
   * @param pictures each (1, 3, H, W), RGB in [0, 1], no side under {@link #LEAST_SIDE}
   */
  List<FilterLevel> learn(List<Tensor> pictures) {
    List<FilterLevel> levels = new ArrayList<>();
    List<Tensor> inputs = normalized(pictures);
    for (int i = 0; i < WIDTHS.length; i++) {
      PatchCovariance covariance = PatchCovariance.of(inputs, patchesPerPicture);
      PrincipalComponents components = new PrincipalComponents(covariance);
      int half = WIDTHS[i] / 2;
      if (covariance.patches() < WIDTHS[i] || components.rank() < half) {
        return List.of();
      }
      RectifiedPairs pairs = RectifiedPairs.of(components.scaledDirections(half), inputs);
      levels.add(pairs.level((i + 1) + "_1"));
      if (i + 1 < WIDTHS.length) {
        inputs = pooled(pairs, inputs);
      }
    }
    return levels;
  }

  private static List<Tensor> normalized(List<Tensor> pictures) {
    List<Tensor> inputs = new ArrayList<>();
    for (Tensor picture : pictures) {
      inputs.add(picture.add(-FilterNet.INPUT_MEAN).multiply(1 / FilterNet.INPUT_DEVIATION));
    }
    return inputs;
  }

  /** The next level's input: this level's responses at half the size. */
  private static List<Tensor> pooled(RectifiedPairs pairs, List<Tensor> inputs) {
    List<Tensor> results = new ArrayList<>();
    for (Tensor input : inputs) {
      try (TensorScope scope = TensorScope.open("level")) {
        results.add(scope.keep(MaxPool2d.apply(pairs.apply(input), Pool2dParams.of(2))));
      }
      input.close();
    }
    return results;
  }
}
