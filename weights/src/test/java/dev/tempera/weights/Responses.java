package dev.tempera.weights;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.op.Conv2d;
import dev.tempera.op.MaxPool2d;
import dev.tempera.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What a filter net makes of a picture, computed as {@link FilterNet} describes. */
final class Responses {
  private Responses() {}

  /** The result of each level, (1, Cout, H/2ⁿ, W/2ⁿ). */
  static List<Tensor> of(FilterNet net, Tensor picture) {
    List<Tensor> responses = new ArrayList<>();
    Tensor input = picture.add(-FilterNet.INPUT_MEAN).multiply(1 / FilterNet.INPUT_DEVIATION);
    for (FilterLevel level : net.levels()) {
      if (!responses.isEmpty()) {
        input = MaxPool2d.apply(responses.get(responses.size() - 1), Pool2dParams.of(2));
      }
      Tensor kernel =
          Tensor.of(level.kernel(), level.outputChannels(), level.inputChannels(), 3, 3);
      Tensor bias = Tensor.of(level.bias(), level.outputChannels());
      Padding padding = Padding.of(1, PaddingMode.REFLECT);
      responses.add(
          Conv2d.apply(input, kernel, bias, Conv2dParams.DEFAULT.withPadding(padding)).relu());
    }
    return responses;
  }

  /** The root mean square of each channel of a level over the positions of two pictures. */
  static double[] rootMeanSquares(Tensor first, Tensor second) {
    double[] one = first.square().sum(0, 2, 3).toDoubles();
    double[] other = second.square().sum(0, 2, 3).toDoubles();
    long positions = (first.shape().size() + second.shape().size()) / one.length;
    double[] result = new double[one.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.sqrt((one[i] + other[i]) / positions);
    }
    return result;
  }
}
