package dev.tempera.bench;

import dev.tempera.op.Gram;
import dev.tempera.tensor.Tensor;
import dev.tempera.tensor.TensorScope;
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

/** Gram matrices of the style layers of VGG19 at 512×512. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class GramBenchmark {
  /** Channels and side of the feature maps. */
  @Param({"64-512", "128-256", "256-128", "512-64", "512-32"})
  public String features;

  private Tensor maps;

  /** The field is set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public GramBenchmark() {}

  /** Makes the feature maps. */
  @Setup
  public void prepare() {
    int[] numbers = Tensors.numbers(features);
    maps = Tensors.random(1, 1, numbers[1], numbers[1], numbers[0]).permute(0, 3, 1, 2);
  }

  /** The matrix. */
  @Benchmark
  public int forward() {
    try (TensorScope _ = TensorScope.open("gram")) {
      return Gram.apply(maps).shape().rank();
    }
  }

  /** The matrix, and the gradient of the sum of its squares with respect to the features. */
  @Benchmark
  public int forwardAndBackward() {
    try (TensorScope _ = TensorScope.open("gram")) {
      Tensor tracked = maps.track();
      return Gram.apply(tracked).square().sum().backward().of(tracked).shape().rank();
    }
  }
}
