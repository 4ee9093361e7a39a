package dev.tempera.bench.accuracy;

import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.cpu.ConvolutionUse;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.DType;
import dev.tempera.data.Philox;
import dev.tempera.op.Conv2d;
import dev.tempera.style.Recipe;
import dev.tempera.style.StyleTransfer;
import dev.tempera.style.demo.DemoPictures;
import dev.tempera.style.image.Picture;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Rounding errors of the CPU backend's convolutions, fast and direct, beside float64: of each shape
 * of VGG19, of the image's gradient in a step of style transfer, with the active units prescribed
 * and without, and of pictures after many steps.
 *
 * <p>Arguments: side of the images of the gradient (128), side of the pictures (256), steps (200).
 * Prints one line a case; 0 steps leave the pictures out.
 */
public final class AccuracyReport {
  /** Input and output channels of VGG19's convolutions that minimal filtering suits. */
  private static final int[][] SHAPES = {
    {64, 64}, {64, 128}, {128, 128}, {128, 256}, {256, 256}, {256, 512}, {512, 512}
  };

  private static final int SIDE_OF_SHAPES = 32;
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  private AccuracyReport() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws IOException {
    int gradientSide = argument(arguments, 0, 128);
    int pictureSide = argument(arguments, 1, 256);
    int steps = argument(arguments, 2, 200);
    for (int[] shape : SHAPES) {
      String name = "conv2d-" + shape[0] + "-" + shape[1];
      compare(name, dtype -> convolution(shape[0], shape[1], dtype));
    }
    compare("gradient-" + gradientSide, new StyleGradient(gradientSide, true)::in);
    compare("gradient-and-units-" + gradientSide, new StyleGradient(gradientSide, false)::in);
    if (steps > 0) {
      for (Recipe recipe : List.of(Recipe.GATYS, Recipe.TEMPERA)) {
        Picture fast = with(ConvolutionUse.FAST, () -> picture(recipe, pictureSide, steps));
        Picture direct = with(ConvolutionUse.DIRECT, () -> picture(recipe, pictureSide, steps));
        System.out.printf(
            Locale.ROOT,
            "case=picture recipe=%s side=%d steps=%d psnr_db=%.1f%n",
            recipe.name(),
            pictureSide,
            steps,
            peakSignalToNoise(fast, direct));
      }
    }
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
  }

  /** Something that is computed in float32 or float64. */
  @FunctionalInterface
  private interface Computation {
    Tensor in(DType dtype);
  }

  private static void compare(String name, Computation computation) {
    double[] exact =
        with(ConvolutionUse.DIRECT, () -> elements(() -> computation.in(DType.FLOAT64)));
    for (ConvolutionUse use : ConvolutionUse.values()) {
      float[] rounded = with(use, () -> floats(() -> computation.in(DType.FLOAT32)));
      RelativeError error = RelativeError.of(rounded, exact);
      System.out.printf(
          Locale.ROOT,
          "case=%s convolution=%s rms_error=%.2e largest_error=%.2e%n",
          name,
          use.name().toLowerCase(Locale.ROOT),
          error.rootMeanSquare(),
          error.largest());
    }
  }

  private static <T> T with(ConvolutionUse use, Supplier<T> work) {
    CpuOptions options = CpuOptions.fromSystemProperties().withConvolution(use);
    try (CpuBackend backend = new CpuBackend(options);
        Backends.Choice _ = Backends.use(backend)) {
      return work.get();
    }
  }

  private static double[] elements(Supplier<Tensor> work) {
    try (TensorScope _ = TensorScope.open("double")) {
      return work.get().toDoubles();
    }
  }

  private static float[] floats(Supplier<Tensor> work) {
    try (TensorScope _ = TensorScope.open("single")) {
      return work.get().toFloats();
    }
  }

  private static Tensor convolution(int channels, int outputs, DType dtype) {
    float[] values = new Philox(channels, 1).normal(channels * SIDE_OF_SHAPES * SIDE_OF_SHAPES);
    Tensor x = Tensor.of(values, 1, channels, SIDE_OF_SHAPES, SIDE_OF_SHAPES).relu().to(dtype);
    return Conv2d.apply(x, Filters.random(outputs, channels, 7).to(dtype), null, SAME);
  }

  private static Picture picture(Recipe recipe, int side, int steps) {
    try {
      return StyleTransfer.builder()
          .content(DemoPictures.landscape())
          .style(DemoPictures.painting())
          .recipe(recipe)
          .size(side)
          .iterations(steps)
          .run()
          .picture();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static double peakSignalToNoise(Picture a, Picture b) {
    FloatBuffer first = a.rgb();
    FloatBuffer second = b.rgb();
    double sum = 0;
    for (int i = 0; i < first.remaining(); i++) {
      double difference = Math.clamp(first.get(i), 0f, 1f) - Math.clamp(second.get(i), 0f, 1f);
      sum += difference * difference;
    }
    return -10 * Math.log10(sum / first.remaining());
  }
}
