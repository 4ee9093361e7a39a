package dev.tempera.style.loss;

import dev.tempera.op.Gram;
import dev.tempera.tensor.Tensor;
import java.util.List;

/**
 * The style loss of neural-style: mean((G − G*)²) with G = F·Fᵀ/(C·M) the Gram matrix of the C × M
 * features (Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks",
 * 2016, equations 3 and 4, with neural-style's normalisation).
 */
public final class GramStyleLoss implements StyleLoss {
  /** The loss has no settings. */
  public GramStyleLoss() {}

  @Override
  public Target target(List<Tensor> features) {
    Tensor sum = gram(features.get(0));
    for (Tensor other : features.subList(1, features.size())) {
      sum = sum.add(gram(other));
    }
    Tensor target = sum.multiply(1.0 / features.size());
    return image -> gram(image).subtract(target).square().mean();
  }

  private static Tensor gram(Tensor features) {
    double elements = features.shape().size();
    return Gram.apply(features).multiply(1 / elements);
  }
}
