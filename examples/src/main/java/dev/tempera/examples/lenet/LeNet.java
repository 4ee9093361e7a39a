package dev.tempera.examples.lenet;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.examples.digits.Digits;
import dev.tempera.nn.ActivationLayer;
import dev.tempera.nn.Conv2dLayer;
import dev.tempera.nn.FlattenLayer;
import dev.tempera.nn.LinearLayer;
import dev.tempera.nn.MaxPool2dLayer;
import dev.tempera.nn.Sequential;
import dev.tempera.tensor.RandomSource;

/** The nets of this example: pictures (N, 1, 28, 28) in, one number for each digit out (N, 10). */
public final class LeNet {
  private LeNet() {}

  /**
   * LeNet-5 (LeCun et al., "Gradient-based learning applied to document recognition", 1998), with
   * rectifiers, maximum pooling and a linear output, as it is usually built today.
   */
  public static Sequential create(RandomSource random) {
    Conv2dParams padded = Conv2dParams.DEFAULT.withPadding(2);
    return Sequential.builder()
        .add("conv1", new Conv2dLayer(1, 6, 5, padded, random))
        .add("relu1", ActivationLayer.relu())
        .add("pool1", new MaxPool2dLayer(Pool2dParams.of(2)))
        .add("conv2", new Conv2dLayer(6, 16, 5, Conv2dParams.DEFAULT, random))
        .add("relu2", ActivationLayer.relu())
        .add("pool2", new MaxPool2dLayer(Pool2dParams.of(2)))
        .add("flatten", new FlattenLayer())
        .add("linear1", new LinearLayer(16 * 5 * 5, 120, random))
        .add("relu3", ActivationLayer.relu())
        .add("linear2", new LinearLayer(120, 84, random))
        .add("relu4", ActivationLayer.relu())
        .add("linear3", new LinearLayer(84, Digits.CLASSES, random))
        .build();
  }

  /** One linear map of the pixels: how far one gets without any features. */
  public static Sequential linearClassifier(RandomSource random) {
    return Sequential.of(
        new FlattenLayer(), new LinearLayer(Digits.SIDE * Digits.SIDE, Digits.CLASSES, random));
  }
}
