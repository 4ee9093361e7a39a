package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.Pool2dParams;
import dev.tempera.backend.PoolOps.Pooled;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.View;
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

/** The pooling of VGG19 at 512×512, and its gradient. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Pool2dBenchmark {
  private static final Pool2dParams HALVING = Pool2dParams.of(2);

  /** Channels and side of the image. */
  @Param({"64-512", "128-256", "256-128", "512-64"})
  public String image;

  private Backend backend;
  private View input;
  private Pooled pooled;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public Pool2dBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void prepare() {
    int[] numbers = Tensors.numbers(image);
    backend = Backends.current();
    input = Tensors.random(1, MemoryOrder.CHANNELS_LAST, 1, numbers[0], numbers[1], numbers[1]);
    pooled = backend.maxPool2d(input, HALVING);
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
