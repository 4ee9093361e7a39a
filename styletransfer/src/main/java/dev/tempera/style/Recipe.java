package dev.tempera.style;

import dev.tempera.optim.LbfgsOptions;
import dev.tempera.optim.LineSearch;
import dev.tempera.style.loss.ContentLoss;
import dev.tempera.style.loss.GaussianStyleLoss;
import dev.tempera.style.loss.GramStyleLoss;
import dev.tempera.style.loss.MeanSquareContentLoss;
import dev.tempera.style.loss.RelativeContentLoss;
import dev.tempera.style.loss.StyleLoss;
import dev.tempera.style.loss.TotalVariation;
import java.util.List;

/**
 * A way to do style transfer, as data: losses and their weights, the optimiser's settings, and the
 * scales.
 *
 * @param name what it is called
 * @param styleLoss the distance from the style at one layer
 * @param contentLoss the distance from the content at one layer
 * @param variation what the total-variation weight multiplies
 * @param averageLayers whether the losses of several layers are averaged rather than summed
 * @param styleWeight multiplies the style losses
 * @param contentWeight multiplies the content losses
 * @param variationWeight multiplies the total variation
 * @param rangeWeight multiplies the penalty for values outside of [0, 1]
 * @param domain the numbers in which the image is optimised
 * @param styleSize how large style images are made
 * @param scales rounds of optimisation, the last at full size
 * @param iterations evaluations of the losses, all scales together
 * @param lbfgs settings of L-BFGS
 * @param adamLearningRate of Adam, in the domain's numbers
 * @param sgdLearningRate of gradient descent, in the domain's numbers
 */
public record Recipe(
    String name,
    StyleLoss styleLoss,
    ContentLoss contentLoss,
    TotalVariation variation,
    boolean averageLayers,
    double styleWeight,
    double contentWeight,
    double variationWeight,
    double rangeWeight,
    ImageDomain domain,
    StyleSize styleSize,
    List<Scale> scales,
    int iterations,
    LbfgsOptions lbfgs,
    double adamLearningRate,
    double sgdLearningRate) {

  /** Our own: losses without units, which fit any net; three scales. */
  public static final Recipe TEMPERA =
      new Recipe(
          "tempera",
          new GaussianStyleLoss(),
          new RelativeContentLoss(),
          TotalVariation.MEAN,
          true,
          6,
          1,
          0,
          10,
          ImageDomain.UNIT,
          StyleSize.AREA,
          List.of(
              new Scale(0.25, 100.0 / 240), new Scale(0.5, 80.0 / 240), new Scale(1, 60.0 / 240)),
          240,
          new LbfgsOptions(
              10, 1, LineSearch.BACKTRACKING, LbfgsOptions.FirstStep.changing(0.02), 0.5),
          0.02,
          0.01);

  /**
   * The canonical settings of neural-style (github.com/jcjohnson/neural-style) for the method of
   * Gatys, Ecker and Bethge (2016); tuned for Caffe-family weights.
   */
  public static final Recipe GATYS =
      new Recipe(
          "gatys",
          new GramStyleLoss(),
          new MeanSquareContentLoss(),
          TotalVariation.HALF_SUM,
          false,
          100,
          5,
          1e-3,
          0,
          ImageDomain.CAFFE,
          StyleSize.LONGEST_SIDE,
          List.of(new Scale(1, 1)),
          1000,
          new LbfgsOptions(
              100,
              1,
              LineSearch.NONE,
              LbfgsOptions.FirstStep.inverseGradientSum(),
              Double.POSITIVE_INFINITY),
          10,
          2.55);

  /**
   * The recipe of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Recipe named(String name) {
    return List.of(TEMPERA, GATYS).stream()
        .filter(recipe -> recipe.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no recipe named '" + name + "'; there are tempera and gatys"));
  }

  /** The same with other scales. */
  public Recipe withScales(List<Scale> other) {
    return new Recipe(
        name,
        styleLoss,
        contentLoss,
        variation,
        averageLayers,
        styleWeight,
        contentWeight,
        variationWeight,
        rangeWeight,
        domain,
        styleSize,
        List.copyOf(other),
        iterations,
        lbfgs,
        adamLearningRate,
        sgdLearningRate);
  }

  /**
   * The same with other weights.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public Recipe withWeights(double content, double style, double totalVariation) {
    requireWeight("content weight", content);
    requireWeight("style weight", style);
    requireWeight("total variation weight", totalVariation);
    return new Recipe(
        name,
        styleLoss,
        contentLoss,
        variation,
        averageLayers,
        style,
        content,
        totalVariation,
        rangeWeight,
        domain,
        styleSize,
        scales,
        iterations,
        lbfgs,
        adamLearningRate,
        sgdLearningRate);
  }

  private static void requireWeight(String what, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          what + " is " + weight + "; weights are finite and not negative");
    }
  }
}
