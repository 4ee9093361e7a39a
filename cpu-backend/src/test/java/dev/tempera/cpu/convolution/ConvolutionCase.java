package dev.tempera.cpu.convolution;

import dev.tempera.backend.Conv2dParams;
import dev.tempera.backend.MemoryOps;
import dev.tempera.backend.Padding;
import dev.tempera.backend.PaddingMode;
import dev.tempera.cpu.TestViews;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import java.util.List;
import java.util.Random;

/** Operands of a convolution of random geometry and layout. */
record ConvolutionCase(View x, View weight, View bias, Conv2dParams params) {
  private static final List<PaddingMode> MODES = List.of(PaddingMode.values());

  static ConvolutionCase random(MemoryOps backend, Random random) {
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    boolean depthwise = random.nextInt(6) == 0;
    groups = depthwise ? 1 + random.nextInt(70) : groups;
    int channels = depthwise ? 1 : channels(random, groups);
    int outputs = depthwise ? 1 : channels(random, groups);
    int[] kernel = {1 + random.nextInt(4), 1 + random.nextInt(4)};
    boolean wide = random.nextInt(4) == 0;
    int height = 4 + random.nextInt(wide ? 3 : 9);
    int width = wide ? 32 + random.nextInt(70) : 4 + random.nextInt(9);
    Conv2dParams params =
        new Conv2dParams(
            1 + random.nextInt(3),
            1 + random.nextInt(3),
            padding(random),
            1 + random.nextInt(2),
            1 + random.nextInt(2),
            groups);
    View x = image(backend, random, 1 + random.nextInt(2), groups * channels, height, width);
    View weight = layout(backend, random, groups * outputs, channels, kernel[0], kernel[1]);
    View bias = TestViews.scattered(backend, random, groups * outputs);
    return new ConvolutionCase(x, weight, bias, params);
  }

  /** Sizes around the widths of vectors and panels. */
  private static int channels(Random random, int groups) {
    int[] candidates = {1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 70, 128, 130};
    return candidates[random.nextInt(groups == 1 ? candidates.length : 8)];
  }

  private static Padding padding(Random random) {
    PaddingMode mode = MODES.get(random.nextInt(MODES.size()));
    int most = random.nextInt(3) + 1;
    return new Padding(
        random.nextInt(most),
        random.nextInt(most),
        random.nextInt(most),
        random.nextInt(most),
        mode);
  }

  /** An image in any layout. */
  static View image(MemoryOps backend, Random random, int... lengths) {
    return random.nextInt(3) == 0
        ? layout(backend, random, lengths)
        : TestViews.channelsLast(backend, random, lengths);
  }

  private static View layout(MemoryOps backend, Random random, int... lengths) {
    return random.nextBoolean()
        ? TestViews.dense(backend, random, lengths)
        : TestViews.scattered(backend, random, lengths);
  }

  /** Whether the kernel fits the padded image. */
  boolean fits() {
    Shape padded = params.padding().outputShape("conv2d", x.shape());
    return padded.dim(2) > params.dilationY() * (weight.shape().dim(2) - 1)
        && padded.dim(3) > params.dilationX() * (weight.shape().dim(3) - 1);
  }

  /** The result's shape. */
  Shape outputShape() {
    return params.outputShape(x.shape(), weight.shape());
  }
}
