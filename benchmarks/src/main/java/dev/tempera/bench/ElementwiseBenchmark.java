package dev.tempera.bench;

import dev.tempera.backend.BinaryOp;
import dev.tempera.backend.ReduceOp;
import dev.tempera.backend.UnaryOp;
import dev.tempera.cpu.CpuBackend;
import dev.tempera.cpu.CpuOptions;
import dev.tempera.data.MemoryOrder;
import dev.tempera.data.Shape;
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
import org.openjdk.jmh.annotations.TearDown;
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

  /** Threads of the backend. */
  @Param({"1", "4"})
  public int threads;

  private CpuBackend backend;
  private View a;
  private View b;

  /** The fields are set by {@link #prepare}. */
  @SuppressWarnings("NullAway.Init")
  public ElementwiseBenchmark() {}

  /** Makes the operands and checks the results. */
  @Setup
  public void prepare() {
    backend = new CpuBackend(new CpuOptions(threads));
    a = Tensors.random(backend, 1, MemoryOrder.ROW_MAJOR, Shape.of(elements));
    b = Tensors.random(backend, 2, MemoryOrder.ROW_MAJOR, Shape.of(elements));
    check();
  }

  /** ‖a + b‖² = ‖a‖² + 2⟨a, b⟩ + ‖b‖², and max(a, 0)·a = max(a, 0)². */
  private void check() {
    View sum = backend.binary(BinaryOp.ADD, a, b);
    View rectified = backend.relu(a, false).value();
    double squares = ResultCheck.product(backend, a, a) + ResultCheck.product(backend, b, b);
    ResultCheck.close(
        "sum",
        squares + 2 * ResultCheck.product(backend, a, b),
        ResultCheck.product(backend, sum, sum),
        squares);
    ResultCheck.close(
        "ReLU",
        ResultCheck.product(backend, rectified, rectified),
        ResultCheck.product(backend, rectified, a),
        squares);
    sum.storage().release();
    rectified.storage().release();
  }

  /** Ends the threads. */
  @TearDown
  public void finish() {
    backend.close();
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
