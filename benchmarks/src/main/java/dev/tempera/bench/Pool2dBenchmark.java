package dev.tempera.bench;

import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps.Pooled;
import dev.tempera.bench.work.VggConvolution;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
import dev.tempera.data.View;
import dev.tempera.vgg.Layer;
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

/** The pooling of VGG19, and its gradient. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Pool2dBenchmark {
  private static final Pool2dParams HALVING = Pool2dParams.of(2);

  /** The block that ends in it. */
  @Param({"1", "2", "3", "4"})
  public int block;

  /** Side of the image that the net reads. */
  @Param("512")
  public int size;

  /** Threads of the backend. */
  @Param({"1", "4"})
  public int threads;

  private CpuBackend backend;
  private View input;
  private Pooled pooled;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public Pool2dBenchmark() {}

  /** Makes the operands and checks the results. */
  @Setup
  public void prepare() {
    VggConvolution last = VggConvolution.of(Layer.conv(block, 2));
    backend = new CpuBackend(new CpuOptions(threads));
    int side = size / last.reduction();
    input =
        Tensors.random(
            backend, 1, MemoryOrder.CHANNELS_LAST, Shape.of(1, last.outputChannels(), side, side));
    pooled = backend.maxPool2d(input, HALVING);
    check();
  }

  /** The gradient of a maximum goes to where it was taken: ⟨y, y⟩ = ⟨x, gradient of ½⟨y, y⟩⟩. */
  private void check() {
    View y = pooled.value();
    View gradient = backend.maxPool2dGrad(y, pooled.position(), HALVING, input.shape());
    double squares = ResultCheck.product(backend, y, y);
    ResultCheck.close("pooling", squares, ResultCheck.product(backend, input, gradient), squares);
    gradient.storage().release();
  }

  /** Ends the threads. */
  @TearDown
  public void finish() {
    backend.close();
  }

  /** Largest of four, and which. */
  @Benchmark
  public View maximum() {
    Pooled result = backend.maxPool2d(input, HALVING);
    result.position().storage().release();
    return Tensors.released(result.value());
  }

  /** The gradient of the maximum. */
  @Benchmark
  public View maximumGradient() {
    return Tensors.released(
        backend.maxPool2dGrad(pooled.value(), pooled.position(), HALVING, input.shape()));
  }

  /** Average of four. */
  @Benchmark
  public View average() {
    return Tensors.released(backend.avgPool2d(input, HALVING));
  }
}
