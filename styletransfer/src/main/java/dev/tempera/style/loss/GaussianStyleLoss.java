package dev.tempera.style.loss;

import dev.tempera.op.Gram;
import dev.tempera.tensor.Tensor;
import java.util.List;

/**
 * A style loss without units: with m and Σ the mean and the covariance of a layer's features over
 * all pixels,
 *
 * <pre>‖m − m*‖²/(‖m*‖² + tr Σ*) + ‖Σ − Σ*‖²/‖Σ*‖²</pre>
 *
 * so that one weight is right for any net. The Gram matrix mixes both statistics; apart, they are
 * matched better.
 */
public final class GaussianStyleLoss implements StyleLoss {
  /** Keeps quotients finite for styles without any variation. */
  private static final double FLOOR = 1e-6;

  /** The loss has no settings. */
  public GaussianStyleLoss() {}

  /**
   * The statistics of one layer.
   *
   * @param mean (1, C, 1)
   * @param covariance (1, C, C)
   */
  private record Gaussian(Tensor mean, Tensor covariance) {
    static Gaussian of(Tensor features) {
      double pixels = (double) features.shape().dim(2) * features.shape().dim(3);
      int channels = features.shape().dim(1);
      Tensor mean = features.mean(2, 3).reshape(1, channels, 1);
      Tensor second = Gram.apply(features).multiply(1 / pixels);
      return new Gaussian(mean, second.subtract(mean.matmul(mean.transpose())));
    }

    Gaussian add(Gaussian other) {
      return new Gaussian(mean.add(other.mean), covariance.add(other.covariance));
    }

    Gaussian multiply(double share) {
      return new Gaussian(mean.multiply(share), covariance.multiply(share));
    }

    /** ‖m‖² + tr Σ: the mean square length of a pixel's features. */
    double meanSquare() {
      int channels = mean.shape().dim(1);
      double[] matrix = covariance.toDoubles();
      double trace = 0;
      for (int c = 0; c < channels; c++) {
        trace += matrix[c * channels + c];
      }
      return mean.square().sum().item() + trace;
    }
  }

  @Override
  public Target target(List<Tensor> features) {
    Gaussian sum = Gaussian.of(features.get(0));
    for (Tensor other : features.subList(1, features.size())) {
      sum = sum.add(Gaussian.of(other));
    }
    Gaussian target = sum.multiply(1.0 / features.size());
    double meanSquare = target.meanSquare();
    double meanScale = 1 / Math.max(meanSquare, FLOOR);
    double covarianceScale =
        1
            / Math.max(
                target.covariance().square().sum().item(),
                FLOOR * (FLOOR + meanSquare * meanSquare));
    return image -> {
      Gaussian own = Gaussian.of(image);
      Tensor ofMean = own.mean().subtract(target.mean()).square().sum().multiply(meanScale);
      Tensor ofCovariance =
          own.covariance().subtract(target.covariance()).square().sum().multiply(covarianceScale);
      return ofMean.add(ofCovariance);
    };
  }
}
