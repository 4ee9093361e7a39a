package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
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

/** Products of square matrices, plain and with a transposed operand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatmulBenchmark {
  /** Rows and columns. */
  @Param({"64", "256", "1024"})
  public int side;

  private Backend backend;
  private View a;
  private View b;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public MatmulBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void prepare() {
    backend = Backends.current();
    a = Tensors.random(1, 1, side, side).view();
    b = Tensors.random(2, 1, side, side).view();
  }

  /** A·B. */
  @Benchmark
  public View plain() {
    return Tensors.released(backend.matmul(a, b));
  }

  /** A·Bᵀ. */
  @Benchmark
  public View transposed() {
    return Tensors.released(backend.matmul(a, b.transposed()));
  }
}
