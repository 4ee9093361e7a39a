package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The convolutions of VGG19 at 512×512, with bias and ReLU, and their gradients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class Conv2dBenchmark {
  private static final Conv2dParams SAME = Conv2dParams.DEFAULT.withPadding(1);

  /** Input channels, output channels and side of the image. */
  @Param({
    "3-64-512",
    "64-64-512",
    "64-128-256",
    "128-128-256",
    "128-256-128",
    "256-256-128",
    "256-512-64",
    "512-512-64",
    "512-512-32"
  })
  public String layer;

  private Backend backend;
  private View input;
  private View weight;
  private View bias;
  private View gradient;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public Conv2dBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void prepare() {
    int[] numbers = Tensors.numbers(layer);
    Shape image = Shape.of(1, numbers[0], numbers[2], numbers[2]);
    backend = Backends.current();
    input = Tensors.random(1, MemoryOrder.CHANNELS_LAST, image.toArray());
    Tensor kernel = Tensors.random(2, numbers[1], numbers[0], 3, 3).freeze();
    weight = kernel.view();
    bias = Tensors.random(3, numbers[1]).view();
    gradient = Tensors.random(4, MemoryOrder.CHANNELS_LAST, image.with(1, numbers[1]).toArray());
  }

  /** Convolution, bias and ReLU in one pass. */
  @Benchmark
  public View forward() {
    Conv2dEpilogue epilogue = new Conv2dEpilogue(bias, true, false);
    return Tensors.released(backend.conv2d(input, weight, SAME, epilogue).value());
  }

  /** The gradient with respect to the input. */
  @Benchmark
  public View inputGradient() {
    return Tensors.released(backend.conv2dGradInput(gradient, null, weight, SAME, input.shape()));
  }

  /** The gradient with respect to the weight. */
  @Benchmark
  public View weightGradient() {
    return Tensors.released(backend.conv2dGradWeight(input, gradient, SAME, weight.shape()));
  }
}
