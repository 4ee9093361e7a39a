package dev.tempera.bench;

import dev.tempera.backend.Conv2dEpilogue;
import dev.tempera.backend.Conv2dParams;
import dev.tempera.bench.work.Convolution;
import dev.tempera.bench.work.Convolution.Direction;
import dev.tempera.bench.work.VggConvolution;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.Mask;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.vgg.Layer;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The convolutions of VGG19, with bias and ReLU, and their gradients. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class Conv2dBenchmark {
  /** The layer; those left out have the shape of one before them. */
  @Param({
    "conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2", "conv4_1", "conv4_2",
    "conv5_1"
  })
  public String layer;

  /** Side of the image that the net reads. */
  @Param("512")
  public int size;

  /** Threads of the backend. */
  @Param({"1", "4"})
  public int threads;

  private CpuBackend backend;
  private Conv2dParams params;
  private Conv2dEpilogue epilogue;
  private View input;
  private View weight;
  private View gradient;
  private Mask mask;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public Conv2dBenchmark() {}

  /** Makes the operands and checks the results. */
  @Setup
  public void prepare() {
    Convolution convolution = VggConvolution.of(Layer.parse(layer)).at(size, Direction.FORWARD);
    backend = new CpuBackend(new CpuOptions(threads));
    params = convolution.params();
    int outputs = convolution.outputChannels();
    Shape output = convolution.imageShape().with(1, outputs);
    input = Tensors.random(backend, 1, MemoryOrder.CHANNELS_LAST, convolution.imageShape());
    weight = Tensors.random(backend, 2, MemoryOrder.ROW_MAJOR, convolution.weightShape());
    weight.storage().freeze();
    epilogue =
        new Conv2dEpilogue(
            Tensors.random(backend, 3, MemoryOrder.ROW_MAJOR, Shape.of(outputs)), true, false);
    gradient = Tensors.random(backend, 4, MemoryOrder.CHANNELS_LAST, output);
    mask = Objects.requireNonNull(backend.relu(gradient, true).mask());
    check();
  }

  /**
   * A convolution x ↦ y is linear in its input and in its weight, so ⟨y, g⟩ = ⟨x, gradient to x⟩ =
   * ⟨w, gradient to w⟩.
   */
  private void check() {
    View y = backend.conv2d(input, weight, params, Conv2dEpilogue.NONE).value();
    View toInput = backend.conv2dGradInput(gradient, null, weight, params, input.shape());
    View toWeight = backend.conv2dGradWeight(input, gradient, params, weight.shape());
    double expected = ResultCheck.product(backend, y, gradient);
    double scale = ResultCheck.norm(backend, y) * ResultCheck.norm(backend, gradient);
    ResultCheck.close(
        "input gradient", expected, ResultCheck.product(backend, input, toInput), scale);
    ResultCheck.close(
        "weight gradient", expected, ResultCheck.product(backend, weight, toWeight), scale);
    ResultCheck.convolution(backend, input, weight, y);
    for (View view : new View[] {y, toInput, toWeight}) {
      view.storage().release();
    }
  }

  /** Ends the threads. */
  @TearDown
  public void finish() {
    backend.close();
  }

  /** Convolution, bias and ReLU in one pass. */
  @Benchmark
  public View forward() {
    return Tensors.released(backend.conv2d(input, weight, params, epilogue).value());
  }

  /** The gradient with respect to the input, after the ReLU's mask. */
  @Benchmark
  public View inputGradient() {
    return Tensors.released(backend.conv2dGradInput(gradient, mask, weight, params, input.shape()));
  }

  /** The gradient with respect to the weight. */
  @Benchmark
  public View weightGradient() {
    return Tensors.released(backend.conv2dGradWeight(input, gradient, params, weight.shape()));
  }
}
