package dev.tempera.bench;

import dev.tempera.backend.Backend;
import dev.tempera.backend.Backends;
import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.UnaryOp;
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

/** Elementwise functions and sums of flat tensors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ElementwiseBenchmark {
  /** Elements. */
  @Param({"64", "65536", "16777216"})
  public int elements;

  private Backend backend;
  private View a;
  private View b;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public ElementwiseBenchmark() {}

  /** Makes the operands. */
  @Setup
  public void prepare() {
    backend = Backends.current();
    a = Tensors.random(1, elements).view();
    b = Tensors.random(2, elements).view();
  }

  /** a + b. */
  @Benchmark
  public View add() {
    return Tensors.released(backend.binary(BinaryOp.ADD, a, b));
  }

  /** e to the power of a. */
  @Benchmark
  public View exp() {
    return Tensors.released(backend.unary(UnaryOp.EXP, a, 0, 0));
  }

  /** max(a, 0). */
  @Benchmark
  public View relu() {
    return Tensors.released(backend.relu(a, false).value());
  }

  /** The sum of all elements. */
  @Benchmark
  public View sum() {
    return Tensors.released(backend.reduce(ReduceOp.SUM, a, new int[] {0}));
  }
}
